import type { EvidenceKind } from '#domain/evidence.ts';
import { refuseField } from '#domain/field-errors.ts';
import { type Instant, isAfter, iso } from '#domain/time.ts';
import type { Ctx } from './context.ts';
import { onReferral, type Recorded } from './on-referral.ts';

export type Evidence = {
  readonly id: string;
  readonly kind: EvidenceKind;
  readonly occurredAt: Instant;
  readonly text: string;
};

/** Case work that was done: its text is sealed, when it happened and when it was registered are both kept. */
export const addEvidence = (ctx: Ctx, input: Evidence): Promise<Recorded> =>
  onReferral(ctx, 'add-evidence', 'referral.add-evidence', { id: input.id }, async () => {
    if (isAfter(input.occurredAt, ctx.now)) refuseField('occurredAt', 'future');
    return {
      patch: {},
      facts: [
        {
          kind: 'evidence-added',
          occurredAt: iso(input.occurredAt),
          data: { evidence: input.kind },
          sealed: { text: input.text },
        },
      ],
    };
  });
