import { childFacts } from '#domain/child-facts.ts';
import { combine } from '#domain/combine.ts';
import { parseCpr } from '#domain/cpr.ts';
import { DomainError } from '#domain/errors.ts';
import { refuseField } from '#domain/field-errors.ts';
import type { Referral } from '#domain/referral.ts';
import { years } from '#domain/routing-facts.ts';
import { findShownRecord, insertLink, isKeptFrom } from '#store/child-links.ts';
import { findChild, pointReferralAtChild, identifyChild as writeChild } from '#store/children.ts';
import type { Tx } from '#store/db.ts';
import { barPeople, refuseToLeaveNobody } from './bar-people.ts';
import { lockWithIndex } from './child-record.ts';
import type { Ctx } from './context.ts';
import { onReferral, personOf, type Recorded, type Target } from './on-referral.ts';
import { dataKey, openRecords, type SealedChild } from './open-records.ts';
import { reassessmentAnew } from './reassessment-anew.ts';
import { tellOfChildren } from './tell-of-children.ts';

/**
 * Whom the record that the child was unknown by keeps out, stays out: it is merged with the known child's. Throws NOT_FOUND
 * for whoever is kept out of that one, as merging does.
 */
const keepBars = async (ctx: Ctx, tx: Tx, { id, childId }: Referral, into: string): Promise<void> => {
  if (await isKeptFrom(tx, ctx.scope, into)) throw new DomainError('NOT_FOUND');
  const { personId: by } = personOf(ctx);
  const link = { id: ctx.deps.newId(ctx.now), kind: 'same', from: childId, into, referralId: id, by } as const;
  if (!(await insertLink(tx, ctx.scope, link, ctx.now))) throw new DomainError('STALE');
};

/**
 * An unborn child is born, or an unknown one gets its CPR. If the CPR already has a record here, the referral follows
 * that record; the notification stays as it was sent. Throws INVALID, ILLEGAL_TRANSITION when the child is known, or too many
 * would be related to it.
 */
export const identifyChild = (
  asked: Ctx,
  input: Target & { readonly cpr: string; readonly name: string },
): Promise<Recorded> =>
  onReferral(asked, 'identify-child', 'referral.identify-child', input, async ({ ctx, referral, world, tx }) => {
    const parsed = parseCpr(input.cpr, { training: ctx.deps.training });
    if ('error' in parsed) return refuseField('cpr', parsed.error);
    const cprIndex = ctx.deps.vault.index('cpr', parsed.digits);
    const other = await lockWithIndex(ctx, tx, referral.childId, cprIndex);
    const child = await findChild(tx, ctx.scope, referral.childId);
    // A record that is merged with a known child's is that child's.
    const shown = await findShownRecord(tx, ctx.scope, referral.id);
    if (!child || shown?.identity === 'known') {
      throw new DomainError('ILLEGAL_TRANSITION', {
        da: 'Barnet er allerede identificeret.',
        en: 'The child has been identified already.',
      });
    }
    const facts = childFacts(
      { identity: 'known', cpr: parsed.digits, ageEstimate: null, institution: null },
      referral.receivedAt,
    );
    if (other) {
      const to = { childId: other, protectedAddress: child.protectedAddress };
      const point = async (): Promise<void> => {
        await pointReferralAtChild(tx, ctx.scope, referral.id, to);
        if (referral.barred.length > 0) await keepBars(ctx, tx, referral, other);
      };
      await barPeople(ctx, tx, { childIds: [child.id, other] }, point, refuseToLeaveNobody);
    } else {
      const opened = await openRecords(ctx, tx, 'child', [child]);
      const before = (opened.get(child.id) ?? {}) as SealedChild;
      const key = await dataKey(ctx, tx, 'child', child.id);
      const content = { ...before, name: input.name, cpr: parsed.digits };
      const written = await writeChild(tx, ctx.scope, {
        id: child.id,
        expectedVersion: child.stateVersion,
        cprIndex,
        sealed: ctx.deps.vault.seal(key, 'content', content),
      });
      if (!written) throw new DomainError('STALE');
    }
    await tellOfChildren(ctx, tx, [{ referralId: referral.id, told: 'reassessment', subjectId: null }]);
    const data = { childId: other ?? child.id, from: child.id, was: child.identity };
    return combine(
      { patch: { childAge: years(facts.age) }, facts: [{ kind: 'child-identified', data }] },
      await reassessmentAnew(ctx, tx, referral, world),
    );
  });
