import { demand } from '#domain/policy.ts';
import { actOnce } from './context.ts';
import { issueCode } from './door-codes.ts';
import { countVisit, type DoorCtx } from './door-visit.ts';

/**
 * Mails a one-time code to an address that somebody at the door says is theirs. The answer is the same for every address.
 * Throws RATE_LIMITED.
 */
export const requestDoorCode = async (
  ctx: DoorCtx,
  { email, language }: { readonly email: string; readonly language: 'da' | 'en' },
): Promise<{ codeId: string }> => {
  demand(ctx.actor, 'door.request-code');
  await countVisit(ctx, 'code-visitor', ctx.visitor);
  await countVisit(ctx, 'code-address', email.trim().toLowerCase());
  return actOnce(ctx, (tx) => issueCode(ctx, tx, { address: email }, language));
};
