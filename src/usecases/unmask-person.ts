import { typedPseudonym, UNMASK_TASK } from '#domain/audit.ts';
import { refuseField } from '#domain/field-errors.ts';
import { insertUnmasked } from '#store/audits.ts';
import { actOnce, type Ctx } from './context.ts';
import { getAudit, whoIs } from './on-audit.ts';
import { personOf } from './on-referral.ts';
import { raiseTask } from './raise-task.ts';
import { recordSetup } from './record-setup.ts';
import { currentWorld } from './world.ts';

type Asked = { readonly id: string; readonly who: string; readonly reason: string };

/**
 * Whose pseudonym it is, from then on in this audit: an act of its own with a reason, which the journal of the setup and
 * whoever leads the person are told of. Throws NOT_FOUND, INVALID.
 */
export const unmaskPerson = (ctx: Ctx, { id, who, reason }: Asked): Promise<{ readonly id: string }> =>
  actOnce(ctx, async (tx) => {
    const { audit } = await getAudit(ctx, tx, id, 'audit.unmask');
    const world = await currentWorld(ctx, tx);
    const personId = whoIs(ctx, audit, typedPseudonym(who), world);
    const person = personId === null ? undefined : world.organisation.people.get(personId);
    if (!person) return refuseField('who', 'unknown-choice');
    if (!(await insertUnmasked(tx, ctx.scope, { auditId: id, personId: person.id, reason }, ctx.now))) return { id };
    const by = personOf(ctx).personId;
    const said = { kind: 'audit-unmasked', personId: by, data: { audit: id, person: person.id } } as const;
    await recordSetup(ctx, tx, said, 'audit');
    await raiseTask(ctx, tx, world, {
      ...{ kind: UNMASK_TASK, unit: person.unit, reason: 'audit', subject: `${id} ${person.id}`, urgent: false },
      ...{ except: [person.id], aboutPerson: person.id },
    });
    return { id };
  });
