import { wantLetter } from '#domain/letters.ts';
import { currentUnit } from '#domain/organisation-tree.ts';
import { demand } from '#domain/policy.ts';
import type { Decision } from '#domain/referral.ts';
import { isStillSought, taskPerson } from '#domain/task-person.ts';
import { localDay } from '#domain/time.ts';
import { maybeGone, whyGone } from '#domain/unattended.ts';
import type { World } from '#domain/world.ts';
import { inOrder, inTransaction, type Tx } from '#store/db.ts';
import { findDroppedReceipts, findLettersWithoutTask, findOpenLetter, type LetterRow } from '#store/letters.ts';
import { insertRecords } from '#store/records.ts';
import { lockReferral } from '#store/referrals.ts';
import {
  findTask,
  findTaskHolders,
  findTasksHeldBy,
  isTaskOpen,
  lockLooseTask,
  passTask,
  type TaskRow,
} from '#store/tasks.ts';
import { type Ctx, notBefore } from './context.ts';
import { recordDecision } from './record-decision.ts';
import { passRows, taskInHand } from './task-rows.ts';
import { currentWorld, worldOf } from './world.ts';

const MOST = 500;

type Owed = Pick<LetterRow, 'referralId' | 'notificationId' | 'reason'>;
type Found = { readonly id: string; readonly referralId: string };

const onTask = async (ctx: Ctx, tx: Tx, { id, referralId }: Found): Promise<boolean> => {
  const referral = await lockReferral(tx, ctx.scope, referralId);
  const world = await worldOf(ctx, tx, referral);
  const task = await findTask(tx, ctx.scope, id, []);
  if (!task || task.doneAt !== null) return false;
  const { handlerId, acute } = referral;
  const inHand = taskInHand(task, acute);
  if (taskPerson({ ...inHand, handlerId }, world.organisation, localDay(ctx.now)) === inHand.heldBy) return false;
  const decision: Decision = { patch: {}, facts: [], passed: [inHand] };
  await recordDecision(notBefore(ctx, referral), tx, world, referral, decision, 'system');
  return true;
};

/** As it would be sought today: in whatever came after its unit. */
const looseInHand = (ctx: Ctx, { organisation }: World, task: TaskRow) => {
  const inHand = taskInHand(task, false);
  return { ...inHand, unit: currentUnit(organisation, inHand.unit, localDay(ctx.now))?.id ?? inHand.unit };
};

/** What asks about somebody's reading, or is about an address alone, has no case to be passed on with. */
const onLoose = async (ctx: Ctx, tx: Tx, world: World, id: string): Promise<boolean> => {
  const task = (await lockLooseTask(tx, ctx.scope, id)) ? await findTask(tx, ctx.scope, id, []) : null;
  if (!task) return false;
  const about = { referralId: null, notificationId: null, handlerId: null };
  const { task: passed, mail } = passRows(ctx, world, about, looseInHand(ctx, world, task));
  if (!mail) return false;
  await passTask(tx, ctx.scope, passed);
  const rows = { events: [], deadlines: [], outbound: [mail.outbound], outbox: [mail.outbox] };
  await insertRecords(tx, ctx.scope, rows);
  return true;
};

const onLetter = async (ctx: Ctx, tx: Tx, world: World, letter: LetterRow): Promise<boolean> => {
  const referral = await lockReferral(tx, ctx.scope, letter.referralId);
  const about = { kind: letter.kind, id: letter.feedbackId ?? letter.notificationId };
  if ((await findOpenLetter(tx, ctx.scope, about))?.id !== letter.id) return false;
  if (await isTaskOpen(tx, ctx.scope, 'letter', letter.id)) return false;
  const { tasks = [] } = wantLetter(referral, letter);
  await recordDecision(notBefore(ctx, referral), tx, world, referral, { patch: {}, facts: [], tasks }, 'system');
  return true;
};

/** Of a notification about several children one was registered in error, or it was taken up again. */
const onReceipt = async (ctx: Ctx, tx: Tx, world: World, owed: Owed): Promise<boolean> => {
  const referral = await lockReferral(tx, ctx.scope, owed.referralId);
  if (await findOpenLetter(tx, ctx.scope, { kind: 'receipt', id: owed.notificationId })) return false;
  const letter = { id: ctx.deps.newId(ctx.now), kind: 'receipt', feedbackId: null, reason: owed.reason } as const;
  const wanted: Decision = { patch: {}, ...wantLetter(referral, letter) };
  await recordDecision(notBefore(ctx, referral), tx, world, referral, wanted, 'system');
  return true;
};

const isOfReferral = (task: TaskRow): task is TaskRow & Found => task.referralId !== null;

/**
 * No open task stays with somebody who is away, has left or works elsewhere now, no letter without anybody, no owed
 * receipt without a letter: the person is found by the same rule as when the task was raised, and told; of what asks about
 * somebody's reading that is never themselves. Whoever got it keeps it. Idempotent. Answers how many.
 */
export const passOnTasks = async (ctx: Ctx): Promise<number> => {
  demand(ctx.actor, 'message.deliver');
  const { db } = ctx.deps;
  const world = await currentWorld(ctx);
  const day = localDay(ctx.now);
  const holders = await findTaskHolders(db, ctx.scope);
  const gone = maybeGone(world.organisation, day);
  const maybe = holders.filter((id) => gone.includes(id));
  const held = (await inOrder(maybe, (id) => findTasksHeldBy(db, ctx.scope, id, MOST))).flat();
  const isSought = (task: TaskRow): boolean =>
    isStillSought(task.personId, looseInHand(ctx, world, task), world.organisation, day);
  const loose = held.filter((task) => !isOfReferral(task) && !isSought(task));
  const ofCases = held.filter(isOfReferral);
  const tasks = ofCases.filter(({ personId, unitId }) => whyGone(personId, unitId, world.organisation, day) !== null);
  const letters = await findLettersWithoutTask(db, ctx.scope, MOST);
  const passed = await inOrder(tasks, (task) => inTransaction(db, (tx) => onTask(ctx, tx, task)));
  const passedLoose = await inOrder(loose, ({ id }) => inTransaction(db, (tx) => onLoose(ctx, tx, world, id)));
  const given = await inOrder(letters, (letter) => inTransaction(db, (tx) => onLetter(ctx, tx, world, letter)));
  const owed = await findDroppedReceipts(db, ctx.scope, MOST);
  const wanted = await inOrder(owed, (receipt) => inTransaction(db, (tx) => onReceipt(ctx, tx, world, receipt)));
  return [...passed, ...passedLoose, ...given, ...wanted].filter(Boolean).length;
};
