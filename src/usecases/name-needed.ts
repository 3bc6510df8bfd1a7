import type { Decision, Mail, Referral } from '#domain/referral.ts';
import { type Needed, toBeNamed } from '#domain/restriction.ts';
import { findStandings } from '#store/conflicts.ts';
import type { Tx } from '#store/db.ts';
import { findOpenMatters } from '#store/matters.ts';
import type { Ctx } from './context.ts';
import { nameBySystem, tellOfLists } from './tell-of-lists.ts';
import { currentWorld } from './world.ts';

const NOBODY: readonly Needed[] = [];

/** Whom a restricted referral must be opened to once the decision stands; nobody where it is not restricted. */
export const neededAfter = async (ctx: Ctx, tx: Tx, referral: Referral, decision: Decision) => {
  const { restricted } = referral;
  if (!restricted) return NOBODY;
  const { patch, handovers = [], disputes = [] } = decision;
  const stood = await findOpenMatters(tx, ctx.scope, referral.id);
  const handover = handovers.at(-1)?.is ?? stood.handover;
  const dispute = disputes.at(-1)?.is ?? stood.dispute;
  const after = { ...referral, ...patch };
  const concern = {
    ownerUnit: after.ownerUnit,
    responsibleUnit: after.responsibleUnit,
    assessmentUnit: after.assessmentUnit,
    receiverUnit: handover?.state === 'proposed' ? handover.to : null,
    dispute: dispute?.state === 'open' ? dispute : null,
    open: after.closedAt === null,
    reassessor: after.reassessor,
  };
  return toBeNamed(concern, restricted, await currentWorld(ctx, tx), ctx.now);
};

const TOLD = {
  unit: 'referral-received',
  leader: 'referral-received',
  dispute: 'dispute-raised',
  reassess: 'reassessment',
} as const satisfies Record<Needed['as'], Mail['template']>;

const mailOf = ({ person, as }: Needed, exempt: boolean): Mail => ({
  template: TOLD[as],
  to: { person },
  exempt,
});

/**
 * A restricted referral is opened to whoever is needed after a decision, as the system's own act: the fact for the journal,
 * and a mail to each. Answers the people for whom it is there from now on.
 */
export const nameNeeded = async (
  ctx: Ctx,
  tx: Tx,
  referral: Referral,
  decision: Decision,
): Promise<Pick<Decision, 'facts' | 'mails'> & { readonly people: readonly string[] }> => {
  const needed = await neededAfter(ctx, tx, referral, decision);
  if (needed.length === 0) return { people: [], facts: [], mails: [] };
  const people = needed.map(({ person }) => person);
  const read = () => findStandings(tx, ctx.scope, [referral.childId]);
  const before = await read();
  await nameBySystem(ctx, tx, referral.id, people);
  const others = (await read()).filter(({ id }) => id !== referral.id);
  await tellOfLists(ctx, tx, before, others, { byRule: new Map([[referral.id, needed]]), saidIn: null });
  return {
    people,
    facts: [{ kind: 'restriction-widened', data: { people } }],
    mails: needed.map((one) => mailOf(one, referral.acute)),
  };
};
