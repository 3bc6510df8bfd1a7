import { askedOfReading, type ClosedCase } from '#domain/asked-of-reading.ts';
import type { NotificationForm } from '#domain/notification-form.ts';
import type { Referral } from '#domain/referral.ts';
import { type Instant, localDay } from '#domain/time.ts';
import { surnameOf, UNUSUAL_TASK, type Unusual, unusualSubject } from '#domain/unusual-reading.ts';
import type { World } from '#domain/world.ts';
import type { Vault } from '#platform/vault.ts';
import { findEvents } from '#store/case-events.ts';
import type { Tx } from '#store/db.ts';
import { wasTaskRaised } from '#store/tasks.ts';
import { contentOf } from './case-content.ts';
import type { Ctx } from './context.ts';
import { raiseTask } from './raise-task.ts';
import { shownChild } from './read-family.ts';
import { currentWorld } from './world.ts';

/** The blind index of the surname in a name, in hex; empty for no name. */
export const surnameIndex = (vault: Pick<Vault, 'index'>, name: string): string => {
  const surname = surnameOf(name);
  return surname === '' ? '' : Buffer.from(vault.index('surname', surname)).toString('hex');
};

/** Whom a notification is about, beside the child of the case. */
export const namesIn = (form: Pick<NotificationForm, 'family'> | null): readonly (string | undefined)[] => [
  ...(form?.family?.parents ?? []).map(({ name }) => name),
  ...(form?.family?.siblings ?? []).map(({ name }) => name),
];

type Seen = {
  /** When it was read. */
  readonly at?: Instant;
  /** What was read, where it is not there for everybody: asked about by itself, of somebody for whom it is. */
  readonly closed?: ClosedCase | undefined;
  /** An id by which it is asked about each time, not once a day. */
  readonly each?: string;
};

/**
 * The reader's leader is asked to ask: a task for a named person who is not the reader, once for each reason and day of
 * the reading. Idempotent. Answers whether it was raised.
 */
export const raiseUnusual = async (
  ctx: Ctx,
  tx: Tx,
  world: World,
  reader: { readonly personId: string; readonly unitId: string },
  why: Unusual,
  { at = ctx.now, closed, each }: Seen = {},
): Promise<boolean> => {
  const apart = closed?.referralId ?? each;
  const usual = unusualSubject(reader, why, at);
  const subject = apart ? `${apart} ${usual}` : usual;
  if (await wasTaskRaised(tx, ctx.scope, UNUSUAL_TASK, subject)) return false;
  const { personId, unitId } = reader;
  const { organisation } = world;
  const { unit, except } = closed
    ? askedOfReading(reader, closed, organisation, localDay(ctx.now))
    : { unit: unitId, except: [personId] };
  const asked = { kind: UNUSUAL_TASK, unit, reason: why, subject, urgent: false } as const;
  await raiseTask(ctx, tx, world, { ...asked, except, aboutPerson: personId });
  return true;
};

/** None where it is there for everybody. */
const closedCase = ({ id: referralId, ownerUnit, barred, restricted }: Referral): ClosedCase | undefined =>
  barred.length === 0 ? undefined : { referralId, ownerUnit, barred, related: restricted?.related ?? barred };

/** In the reading's own transaction: has somebody in the case the reader's surname? Only logins that tell one are compared. */
export const noticeOwnName = async (
  ctx: Ctx,
  tx: Tx,
  referral: Referral,
  names: readonly (string | undefined)[],
): Promise<void> => {
  const { actor } = ctx;
  if (actor.kind !== 'person' || actor.surname === undefined) return;
  const same = names.some((name) => surnameIndex(ctx.deps.vault, name ?? '') === actor.surname);
  if (!same) return;
  await raiseUnusual(ctx, tx, await currentWorld(ctx, tx), actor, 'own-name', { closed: closedCase(referral) });
};

/** The same for what opens a case without showing whom it is about; the caller has reached the referral. */
export const noticeOwnNameIn = async (ctx: Ctx, tx: Tx, referral: Referral): Promise<void> => {
  const { actor } = ctx;
  if (actor.kind !== 'person' || actor.surname === undefined) return;
  const { record } = await shownChild(ctx, tx, referral);
  const { child, notification } = await contentOf(ctx, tx, referral, await findEvents(tx, ctx.scope, referral.id));
  const names = [child?.name, record.name, ...namesIn(notification)];
  await noticeOwnName(ctx, tx, referral, names);
};
