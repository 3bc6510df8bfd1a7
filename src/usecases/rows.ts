import { alarmClockOf } from '#domain/alarm-mails.ts';
import { alarmFrom } from '#domain/alarms.ts';
import type { Clock } from '#domain/deadlines.ts';
import { isUrgent } from '#domain/delivery.ts';
import { BY_RULE, type ChainedEvent, eventText, type Fact } from '#domain/journal.ts';
import type { Role } from '#domain/organisation.ts';
import { unitOf } from '#domain/organisation-tree.ts';
import { isPaused } from '#domain/pausing.ts';
import { deliverAt } from '#domain/quiet-hours.ts';
import type { Mail, Retiming, Timer, To } from '#domain/referral.ts';
import { type Instant, instant, iso, withOffset } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import type { Message } from '#messages';
import type { Vault } from '#platform/vault.ts';
import type { Ctx } from './context.ts';

type Row = Record<string, unknown>;

/** A clock as a row, with its first alarm after `now`. */
export const clockRow = (
  ctx: Ctx,
  world: World,
  referralId: string,
  clock: Clock & { readonly subjectId?: string },
): Row => {
  const alarm = alarmFrom(clock, world, ctx.now);
  return {
    id: ctx.deps.newId(ctx.now),
    referralId,
    kind: clock.kind,
    subjectId: clock.subjectId ?? null,
    state: 'running',
    acute: clock.derivation.acute,
    startedAt: clock.startedAt,
    dueAt: clock.dueAt,
    secondaryAt: clock.secondaryAt,
    nextAlarmAt: alarm.at,
    nextStage: alarm.stage,
    lawVersion: clock.lawVersion,
    derivation: clock.derivation,
  };
};

/**
 * A clock's new due instant; its alarms count from the derivation's own start, which may be the change. While it is
 * paused it has none.
 */
export const retimedRow = (ctx: Ctx, world: World, r: Retiming): Row => {
  const { id, dueAt, acute, derivation, alarmsAfter = ctx.now } = r;
  if (isPaused(r, alarmsAfter)) return { id, dueAt, acute, derivation };
  const clock = alarmClockOf({ ...r, startedAt: instant(derivation.start) });
  const alarm = alarmFrom(clock, world, alarmsAfter);
  return { id, dueAt, acute, derivation, nextAlarmAt: alarm.at, nextStage: alarm.stage };
};

/** A timer of the system's own; due means act. */
export const timerRow = (ctx: Ctx, referralId: string, timer: Timer): Row => ({
  id: ctx.deps.newId(ctx.now),
  referralId,
  kind: timer.kind,
  subjectId: timer.subjectId ?? null,
  state: 'running',
  acute: false,
  startedAt: ctx.now,
  dueAt: timer.dueAt,
  nextAlarmAt: timer.dueAt,
  nextStage: 'act',
  lawVersion: 'policy',
  derivation: {
    rule: timer.kind,
    law: 'policy',
    start: withOffset(ctx.now),
    due: withOffset(timer.dueAt),
    note: timer.why,
  },
});

export const outboxRow = (ctx: Ctx, message: Message, availableAt: Instant = ctx.now): Row => ({
  id: ctx.deps.newId(ctx.now),
  name: message.name,
  payload: message.payload,
  availableAt,
});

const unitOfReceiver = (to: To, world: World): string | null => {
  if ('unit' in to) return to.unit;
  return 'person' in to ? (world.organisation.people.get(to.person)?.unit ?? null) : null;
};

/** When a mail to the receiver may leave, by the hours of their unit today. A notifier's may at once. */
export const mayLeaveAt = (to: To, exempt: boolean, world: World, now: Instant): Instant => {
  const unit = unitOfReceiver(to, world);
  if (unit === null) return now;
  return deliverAt({ unit: unitOf(world.organisation, unit), calendar: world.calendar, now, exempt });
};

/** A mail as its two rows; quiet hours of the receiver's unit hold back the outbox row. */
export const mailRows = (
  ctx: Ctx,
  world: World,
  about: { referralId: string | null; notificationId: string | null; language: 'da' | 'en' },
  mail: Mail,
): { outbound: Row; outbox: Row } => {
  const id = ctx.deps.newId(ctx.now);
  const availableAt = mayLeaveAt(mail.to, mail.exempt, world, ctx.now);
  return {
    outbound: {
      id,
      template: mail.template,
      language: about.language,
      notificationId: about.notificationId,
      referralId: about.referralId,
      deadlineId: mail.deadlineId ?? null,
      stage: mail.stage ?? null,
      feedbackId: mail.feedbackId ?? null,
      taskId: mail.taskId ?? null,
      doorCodeId: mail.doorCodeId ?? null,
      toPersonId: 'person' in mail.to ? mail.to.person : null,
      toUnitId: 'unit' in mail.to ? mail.to.unit : null,
      toNotifier: 'notifier' in mail.to,
      state: 'queued',
      urgent: isUrgent(mail),
      maybeTwice: false,
      forced: false,
      attempts: 0,
      createdAt: ctx.now,
    },
    outbox: outboxRow(ctx, { name: 'mail.send', payload: { outboundMessageId: id } }, availableAt),
  };
};

type ActorColumns = Pick<ChainedEvent, 'actorId' | 'actorUnitId' | 'actorRole'>;

const systemColumns = (rule: string): ActorColumns => ({
  actorId: null,
  actorUnitId: null,
  actorRole: `system: ${rule}`,
});

/** Who did it, as a case event keeps it: the person in the role that granted the act, or the system's rule. */
const actorColumns = ({ actor }: Ctx, role: Role | 'system', kind: string): ActorColumns => {
  const rule = BY_RULE[kind];
  if (rule !== undefined) return systemColumns(rule);
  if (actor.kind === 'system') return systemColumns(actor.rule);
  if (actor.kind === 'outsider') return { actorId: null, actorUnitId: null, actorRole: `outside: ${actor.as}` };
  return { actorId: actor.personId, actorUnitId: actor.unitId, actorRole: role };
};

export type Head = { readonly eventCount: number; readonly headHash: Uint8Array };

/**
 * Facts as rows of a referral's chain. Each hash covers the one before and a digest of the event's open content and
 * sealed bytes. Must be made under the referral's row lock (or for a referral that nobody knows yet).
 */
export const chainRows = (
  ctx: Ctx,
  referralId: string,
  head: Head,
  facts: readonly Fact[],
  role: Role | 'system',
  seal: (slot: string, value: unknown) => Uint8Array,
): { rows: Row[]; head: Head } => {
  const { vault } = ctx.deps;
  const rows: Row[] = [];
  let { eventCount, headHash } = head;
  for (const fact of facts) {
    const seq = eventCount + 1;
    const event = {
      referralId,
      seq,
      kind: fact.kind,
      occurredAt: fact.occurredAt ?? iso(ctx.now),
      registeredAt: iso(ctx.now),
      ...actorColumns(ctx, role, fact.kind),
      data: fact.data,
    };
    const sealed = fact.sealed === undefined ? null : seal(`event:${seq}`, fact.sealed);
    const { digest, hash } = linkOf(vault, eventText(event), sealed, headHash);
    rows.push({ ...event, sealed, digest, previous: headHash, hash });
    eventCount = seq;
    headHash = hash;
  }
  return { rows, head: { eventCount, headHash } };
};

/** The chain's arithmetic, in one place for writing and verifying. Keyed, so that nobody else can make a link that fits. */
export const linkOf = (
  vault: Pick<Vault, 'digest' | 'index'>,
  text: string,
  sealed: Uint8Array | null,
  previous: Uint8Array,
): { digest: Uint8Array; hash: Uint8Array } => {
  const open = vault.digest(text);
  const digest = vault.digest(sealed ? Buffer.concat([open, vault.digest(sealed)]) : open);
  return { digest, hash: vault.index('event', Buffer.concat([previous, digest])) };
};
