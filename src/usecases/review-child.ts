import { combine } from '#domain/combine.ts';
import { standAside } from '#domain/conflict.ts';
import { tellList } from '#domain/list-changes.ts';
import { demand } from '#domain/policy.ts';
import { mustBeReassessed, nameReassessor } from '#domain/reassessment.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import type { TaskInHand } from '#domain/tasks.ts';
import type { MessagePayload } from '#messages';
import { findEvents } from '#store/case-events.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import { lockReferral } from '#store/referrals.ts';
import { findTasksOf } from '#store/tasks.ts';
import { type Ctx, notBefore } from './context.ts';
import { neededAfter } from './name-needed.ts';
import { reassessmentAnew } from './reassessment-anew.ts';
import { reassessorsFor } from './reassessors-for.ts';
import { recordDecision } from './record-decision.ts';
import { taskInHand } from './task-rows.ts';
import { worldOf } from './world.ts';

type Payload = MessagePayload<'child.review'>;

const NOTHING: Decision = { patch: {}, facts: [] };

/** That something has happened, once, to whoever has it; another unit's content is not in it. */
const telling = async (ctx: Ctx, tx: Tx, referral: Referral, payload: Payload): Promise<Decision> => {
  const { told, subjectId, list } = payload;
  if (told === 'reassessment' || subjectId === null) return NOTHING;
  const isList = told === 'list-changed';
  if (referral.closedAt !== null && !isList) return NOTHING;
  const events = await findEvents(tx, ctx.scope, referral.id);
  const says = ({ kind, data }: (typeof events)[number]): boolean =>
    (isList || kind === told) && Object.values(data as object).includes(subjectId);
  if (events.some(says)) return NOTHING;
  if (isList) return list ? tellList(list, subjectId, referral.acute) : NOTHING;
  const ofAddition = told === 'notification-added-to' || told === 'sibling-added-to';
  return {
    patch: {},
    facts: [{ kind: told, data: ofAddition ? { additionId: subjectId } : { linkId: subjectId } }],
    mails: [
      {
        template: told === 'notification-added-to' ? 'addition' : 'family-news',
        to: referral.handlerId ? { person: referral.handlerId } : { unit: referral.ownerUnit },
        exempt: referral.acute,
      },
    ],
  };
};

const tasksIn = async (ctx: Ctx, tx: Tx, { id, acute, barred }: Referral): Promise<readonly TaskInHand[]> => {
  if (barred.length === 0) return [];
  return (await findTasksOf(tx, ctx.scope, [id])).map((task) => taskInHand(task, acute));
};

const isNothing = ({ facts, patch, passed = [] }: Decision): boolean =>
  facts.length + passed.length + Object.keys(patch).length === 0;

/** Where nobody of the owner's may make the re-assessment, the nearest who may is named. */
const naming = async (ctx: Ctx, tx: Tx, referral: Referral): Promise<Decision> => {
  if (!mustBeReassessed(referral) || referral.reassessor !== null) return NOTHING;
  const { people, nameOne } = await reassessorsFor(ctx, tx, referral);
  const [nearest] = people;
  return nameOne && nearest ? nameReassessor(referral, nearest.id) : NOTHING;
};

/**
 * A child's history has changed: an open referral is told of it, § 137 is looked at again, and whoever is related to the
 * child stands aside. Idempotent.
 */
export const reviewChild = async (asked: Ctx, payload: Payload): Promise<void> => {
  const role = demand(asked.actor, 'child.review');
  await inTransaction(asked.deps.db, async (tx) => {
    const referral = await lockReferral(tx, asked.scope, payload.referralId);
    const ctx = notBefore(asked, referral);
    const world = await worldOf(ctx, tx, referral);
    const aside = standAside(referral, await tasksIn(ctx, tx, referral), world, ctx.now);
    const told = await telling(ctx, tx, referral, payload);
    if (referral.status === 'closed') {
      const decision = combine(told, aside);
      if (!isNothing(decision)) await recordDecision(ctx, tx, world, referral, decision, role);
      return;
    }
    const anew = await reassessmentAnew(ctx, tx, referral, world);
    // A duty that begins now sends a message of its own, which names somebody.
    const named = anew.facts.length > 0 ? NOTHING : await naming(ctx, tx, { ...referral, ...aside.patch });
    const decision = [anew, named, aside].reduce(combine, told);
    const needed = await neededAfter(ctx, tx, referral, decision);
    if (!isNothing(decision) || needed.length > 0) await recordDecision(ctx, tx, world, referral, decision, role);
  });
};
