import { combine } from '#domain/combine.ts';
import type { LetterKind } from '#domain/letter-record.ts';
import { feedbackCameBack, receiptCameBack, wantLetter } from '#domain/letters.ts';
import { demand } from '#domain/policy.ts';
import type { Decision, Referral } from '#domain/referral.ts';
import type { NewTask } from '#domain/tasks.ts';
import type { World } from '#domain/world.ts';
import type { MessagePayload } from '#messages';
import { inOrder, inTransaction, type Tx } from '#store/db.ts';
import { findMetClocks } from '#store/deadlines.ts';
import { findOpenLetter, isFeedbackTold } from '#store/letters.ts';
import { findFeedbacks } from '#store/measures.ts';
import { claimUndelivered, type OutboundMessage } from '#store/outbound-messages.ts';
import { findStandingReferralIds, markReceiptUndeliverable } from '#store/receipts.ts';
import { lockReferral } from '#store/referrals.ts';
import { isTaskOpen } from '#store/tasks.ts';
import { type Ctx, notBefore } from './context.ts';
import { raiseTask } from './raise-task.ts';
import { recordDecision } from './record-decision.ts';
import { currentWorld } from './world.ts';

type Undelivered = OutboundMessage & { readonly reason: NonNullable<OutboundMessage['reason']> };
type Scene = {
  readonly ctx: Ctx;
  readonly tx: Tx;
  readonly world: World;
  readonly message: Undelivered;
  /** Its address has become a failing one by it. */
  readonly failing: boolean;
};

const NOTHING: Decision = { patch: {}, facts: [] };

const record = (scene: Scene, referral: Referral, decision: Decision): Promise<unknown> | undefined => {
  if (decision.facts.length + (decision.tasks ?? []).length === 0) return;
  return recordDecision(notBefore(scene.ctx, referral), scene.tx, scene.world, referral, decision, 'system');
};

const receiverOf = ({ toPersonId, toUnitId }: OutboundMessage): string | null => toPersonId ?? toUnitId;

const unitOfReceiver = ({ toPersonId, toUnitId }: OutboundMessage, { organisation }: World): string | null =>
  toUnitId ?? organisation.people.get(toPersonId ?? '')?.unit ?? null;

const aboutReceiver = ({ message, world }: Scene): Pick<NewTask, 'unit' | 'messageId' | 'except' | 'reason'> | null => {
  const [except, unit] = [receiverOf(message), unitOfReceiver(message, world)];
  return except === null || unit === null
    ? null
    : { unit, messageId: message.id, except: [except], reason: message.reason };
};

/** Only addresses of the organisation can be put right here; what an external notifier gave is theirs. */
const failingTask = (scene: Scene): readonly NewTask[] => {
  const about = aboutReceiver(scene);
  if (!scene.failing || !about) return [];
  return [{ ...about, kind: 'failing-address', subject: about.except?.[0] ?? '', urgent: false }];
};

/** Of the kind and subject none stands open yet. */
const notOpen = async ({ ctx, tx }: Scene, tasks: readonly NewTask[]): Promise<readonly NewTask[]> => {
  const open = await inOrder(tasks, ({ kind, subject }) => isTaskOpen(tx, ctx.scope, kind, subject));
  return tasks.filter((_, index) => !open[index]);
};

/** One open letter for the same receipt or feedback, however many of its mails come back. */
const letterFor = async (
  scene: Scene,
  referral: Referral,
  { kind, subject }: { readonly kind: LetterKind; readonly subject: string },
): Promise<Decision> => {
  const { ctx, tx, message } = scene;
  const failing: Decision = { ...NOTHING, tasks: await notOpen(scene, failingTask(scene)) };
  if (await findOpenLetter(tx, ctx.scope, { kind, id: subject })) return failing;
  const feedbackId = kind === 'feedback' ? subject : null;
  const letter = { id: ctx.deps.newId(ctx.now), kind, feedbackId, reason: message.reason };
  return combine({ patch: {}, ...wantLetter(referral, letter) }, failing);
};

/** The receipt is one for all referrals of the notification; the first one's owner tells it otherwise. */
const missReceipt = async (scene: Scene, notificationId: string): Promise<void> => {
  const { ctx, tx, world, message } = scene;
  const cameBack = message.reason === 'reported';
  if (!(await markReceiptUndeliverable(tx, ctx.scope, notificationId, { cameBack }))) return;
  const about = { kind: 'receipt', subject: notificationId } as const;
  const referrals = await inOrder(await findStandingReferralIds(tx, ctx.scope, notificationId), (id) =>
    lockReferral(tx, ctx.scope, id),
  );
  const first = referrals.toSorted((a, b) => a.childPosition - b.childPosition)[0];
  await inOrder(referrals, async (referral) => {
    const again = cameBack ? receiptCameBack(referral, world, ctx.now) : NOTHING;
    const letter = referral === first ? await letterFor(scene, referral, about) : NOTHING;
    await record(scene, referral, combine(again, letter));
  });
};

/** What is to be told to the notifier, or that nothing more is told. */
const TOLD: ReadonlySet<string> = new Set(['given', 'delivered', 'withheld']);

const missFeedback = async (scene: Scene, referralId: string, feedbackId: string): Promise<void> => {
  const { ctx, tx, message } = scene;
  const referral = await lockReferral(tx, ctx.scope, referralId);
  const feedback = (await findFeedbacks(tx, ctx.scope, referralId)).find(({ id }) => id === feedbackId);
  if (!feedback || !TOLD.has(feedback.state) || (await isFeedbackTold(tx, ctx.scope, feedbackId))) return;
  const cameBack =
    message.reason === 'reported' && feedback.state === 'delivered'
      ? feedbackCameBack(
          feedback,
          await findMetClocks(tx, ctx.scope, { referralId, kind: 'feedback', subjectIds: feedback.answers }),
        )
      : NOTHING;
  if (feedback.state === 'delivered' && cameBack === NOTHING) return;
  const letter = await letterFor(scene, referral, { kind: 'feedback', subject: feedbackId });
  await record(scene, referral, combine(cameBack, letter));
};

/** Tasks about mail that does not reach a colleague. Notices of such tasks raise no further ones. */
const OF_TASKS: ReadonlySet<string> = new Set(['task', 'task-reminder']);
const ABOUT_MAIL: ReadonlySet<string | null> = new Set(['undelivered-mail', 'failing-address']);

/** What a mail could not tell a colleague, their leader must; an address that keeps failing somebody must put right. */
const missColleague = async (scene: Scene, referralId: string): Promise<void> => {
  const { ctx, tx, message } = scene;
  const receiver = aboutReceiver(scene);
  if (!receiver) return;
  const referral = await lockReferral(tx, ctx.scope, referralId);
  // What a notifier was asked by mail, the unit that asked must ask otherwise.
  const about = message.template === 'request' ? { ...receiver, unit: referral.ownerUnit } : receiver;
  const to = about.except?.[0] ?? '';
  const tells = !(OF_TASKS.has(message.template) && ABOUT_MAIL.has(message.stage));
  const telling = {
    ...about,
    kind: 'undelivered-mail',
    subject: `${to}:${referralId}`,
    urgent: message.urgent,
  } as const;
  await record(scene, referral, {
    patch: {},
    facts: [{ kind: 'mail-undelivered', data: { template: message.template, to, reason: message.reason } }],
    tasks: await notOpen(scene, [...(tells ? [telling] : []), ...failingTask(scene)]),
  });
};

/** No case is told of it: what a notice says stands in its receiver's list, but an address that keeps failing must be mended. */
const missNotice = async (scene: Scene): Promise<void> => {
  const tasks = await notOpen(scene, failingTask(scene));
  await inOrder(tasks, (task) => raiseTask(scene.ctx, scene.tx, scene.world, task));
};

/**
 * Sees to it that what a mail could not tell is told otherwise: a receipt or feedback goes to the letter queue, for
 * everything else a named person gets a task. Once for each time that the message is given up.
 */
export const answerUndelivered = (
  ctx: Ctx,
  { outboundMessageId, failing }: MessagePayload<'mail.undelivered'>,
): Promise<void> =>
  inTransaction(ctx.deps.db, async (tx) => {
    demand(ctx.actor, 'message.deliver');
    const message = await claimUndelivered(tx, ctx.scope, outboundMessageId, ctx.now);
    if (!message?.reason) return;
    const world = await currentWorld(ctx, tx);
    const scene: Scene = { ctx, tx, world, failing, message: { ...message, reason: message.reason } };
    const { template, notificationId, referralId, feedbackId } = message;
    if (template === 'receipt' && notificationId) await missReceipt(scene, notificationId);
    else if (template === 'feedback' && referralId && feedbackId) await missFeedback(scene, referralId, feedbackId);
    else if (referralId) await missColleague(scene, referralId);
    else await missNotice(scene);
  });
