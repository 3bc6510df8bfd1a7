import { DomainError } from '#domain/errors.ts';
import { demand } from '#domain/policy.ts';
import { actOnce } from './context.ts';
import { issueCode } from './door-codes.ts';
import { countedVisit, countVisit, type DoorCtx } from './door-visit.ts';

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
  const address = email.trim().toLowerCase();
  const pair = ctx.visitor === null ? null : await countedVisit(ctx, 'code-pair', `${ctx.visitor} ${address}`);
  const others = await countedVisit(ctx, 'code-address', address);
  // Whoever asks for the first time is not held up by others: a stranger must not lock out the address's owner.
  if (pair?.beyond || (others.beyond && pair?.count !== 1)) throw new DomainError('RATE_LIMITED');
  await countVisit(ctx, 'code-all', 'all');
  return actOnce(ctx, (tx) => issueCode(ctx, tx, { address: email }, language));
};
