import { demandLegal } from '#domain/lifecycle.ts';
import { demand } from '#domain/policy.ts';
import { getReferral } from '#store/referrals.ts';
import type { Ctx } from './context.ts';
import { keepFile } from './keep-file.ts';
import { onReferral, type Recorded, subjectOf } from './on-referral.ts';

const ACTION = 'referral.add-evidence';

/** A file as evidence, on the case when it has come whole; the journal has its digest and name. Throws as `keepFile`. */
export const addAttachment = (
  ctx: Ctx,
  { id, name }: { readonly id: string; readonly name: string },
  content: AsyncIterable<Uint8Array>,
): Promise<Recorded & { attachmentId: string }> =>
  keepFile(ctx, {
    ...{ holder: { of: 'referral', id }, name, content },
    admit: async (tx) => {
      const referral = await getReferral(tx, ctx.scope, id);
      demand(ctx.actor, ACTION, subjectOf(referral));
      demandLegal('add-evidence', referral.status);
    },
    act: (covered, { id: attachmentId, type, bytes, said, finish }) =>
      onReferral(covered, 'add-evidence', ACTION, { id }, async ({ ctx: at, tx }) => {
        await finish(tx, at.now);
        const data = { attachment: attachmentId, type, bytes };
        return { patch: {}, facts: [{ kind: 'file-added', data, sealed: said }], answer: { attachmentId } };
      }),
  });
