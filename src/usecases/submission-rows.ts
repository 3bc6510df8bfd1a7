import { childFacts } from '#domain/child-facts.ts';
import { receive } from '#domain/intake.ts';
import { type Fact, GENESIS } from '#domain/journal.ts';
import { wantLetter } from '#domain/letters.ts';
import type { NotificationForm } from '#domain/notification-form.ts';
import type { Role } from '#domain/organisation.ts';
import { hourBegun } from '#domain/quiet-times.ts';
import { type KnownMeasure, reassessedMeasure } from '#domain/reassessed-measures.ts';
import { reassessmentDue } from '#domain/reassessment.ts';
import { receiptTimer } from '#domain/receipt-policy.ts';
import type { Mail, Timer } from '#domain/referral.ts';
import { nextDue } from '#domain/referral-due.ts';
import { years } from '#domain/routing-facts.ts';
import { type Instant, iso, withOffset } from '#domain/time.ts';
import { keptTrace } from '#domain/trace-words.ts';
import type { VersionedWorld } from '#platform/deps.ts';
import type { RecordKind } from '#platform/vault.ts';
import type { KnownChild } from '#store/children.ts';
import type { SubmissionRows } from '#store/submissions.ts';
import type { Ctx } from './context.ts';
import { isUnseen, quietCaseNumber } from './quiet-case-number.ts';
import { chainRows, clockRow, mailRows, outboxRow, timerRow } from './rows.ts';
import { taskRows } from './task-rows.ts';

/** A notification on its way in, by whatever channel. */
export type Incoming = {
  readonly form: NotificationForm;
  readonly channel: string;
  readonly receivedAt: Instant;
  readonly senderPersonId: string | null;
  readonly senderUnitId: string | null;
  readonly registeredById: string | null;
  readonly callNote?: string;
};

/** What is known of a child, with the measures that may call for a re-assessment. */
export type KnownHere = KnownChild & { readonly measures: readonly KnownMeasure[] };

type Child = NotificationForm['children'][number];
type Row = Record<string, unknown>;
type Rows = Record<
  keyof Omit<SubmissionRows, 'organisationVersion' | 'key' | 'notification' | 'sealed' | 'receipt'>,
  Row[]
>;
type Making = {
  readonly ctx: Ctx;
  readonly version: VersionedWorld;
  readonly incoming: Incoming;
  readonly known: readonly KnownHere[];
  readonly role: Role | 'system';
  readonly notificationId: string;
  readonly receipt: ReturnType<typeof receiptFor>;
  /** The receipt waits for somebody to take the matter. */
  readonly waits: Timer | null;
  readonly rows: Rows;
};

/**
 * Anonymous notifiers get nothing; citizens a receipt if they gave an address; everybody else is owed one. Without a mail
 * address it is told by letter or phone.
 */
const receiptFor = ({ form, senderPersonId }: Incoming): { owed: boolean; to: Mail['to'] | null } => {
  if (form.notifier.basis === 'anonymous') return { owed: false, to: null };
  if (senderPersonId) return { owed: true, to: { person: senderPersonId } };
  if (form.notifier.workEmail) return { owed: true, to: { notifier: true } };
  return { owed: form.notifier.basis !== 'citizen' || form.notifier.postalAddress !== undefined, to: null };
};

/** The blind indexes of the children's CPR, null for who has none. */
export const cprIndexesOf = (
  { deps: { vault } }: Ctx,
  { children }: NotificationForm,
): readonly (Uint8Array | null)[] => children.map(({ cpr }) => (cpr === undefined ? null : vault.index('cpr', cpr)));

const seal = ({ ctx, rows }: Making, kind: RecordKind, id: string, value: unknown): Uint8Array => {
  const { key, wrapped } = ctx.deps.vault.newKey(kind, id);
  rows.sealedKeys.push(wrapped);
  return ctx.deps.vault.seal(key, 'content', value);
};

const addMail = (making: Making, referralId: string | null, language: 'da' | 'en', mail: Mail): void => {
  const { ctx, version, notificationId, rows } = making;
  const made = mailRows(ctx, version.world, { referralId, notificationId, language }, mail);
  rows.outbound.push(made.outbound);
  rows.outbox.push(made.outbox);
};

/** The child's record: the one that this CPR has, else a new one. */
const childIdOf = (
  making: Making,
  child: Child,
  facts: KnownChild | undefined,
  cprIndex: Uint8Array | null,
): string => {
  if (facts?.childId) {
    if (child.protectedAddress) making.rows.protectedChildren.push({ id: facts.childId });
    return facts.childId;
  }
  const { ctx, rows } = making;
  const id = ctx.deps.newId(ctx.now);
  const { name, cpr, address, identity, protectedAddress } = child;
  const sealed = seal(making, 'child', id, { name, cpr, address });
  rows.children.push({ id, identity, cprIndex, protectedAddress, sealed, createdAt: ctx.now, stateVersion: 0 });
  return id;
};

/** Open here beats the case system's list: it is newer. */
export const routingFacts = (k: KnownChild) => ({
  unit: k.openUnitId ?? k.unitId,
  caseworker: k.openUnitId ? k.openHandlerId : k.caseworkerId,
  disability: k.disability,
});

const noSeal = (): Uint8Array => {
  throw new Error('a new referral has no sealed events');
};

/** A receipt that no mail can bring goes to the letter queue at once, with the first child's referral. */
const addLetter = (making: Making, referralId: string, of: { ownerUnit: string; acute: boolean }): readonly Fact[] => {
  const { ctx, version, notificationId, rows } = making;
  const id = ctx.deps.newId(ctx.now);
  const wanted = wantLetter(of, { id, kind: 'receipt', feedbackId: null, reason: 'no-address' });
  const letter = { id, kind: 'receipt', reason: 'no-address', state: 'open' };
  rows.letters.push({ ...letter, referralId, notificationId, createdAt: ctx.now });
  const about = { referralId, notificationId, handlerId: null };
  const made = (wanted.tasks ?? []).map((task) => taskRows(ctx, version.world, about, task));
  rows.tasks.push(...made.map(({ task }) => task));
  rows.outbound.push(...made.map(({ mail }) => mail.outbound));
  rows.outbox.push(...made.map(({ mail }) => mail.outbox));
  return [...wanted.facts, ...made.map(({ fact }) => fact)];
};

/** One child's referral: routed, owned, clocked, told. Answers the units concerned. */
const addReferral = (
  making: Making,
  child: Child,
  cprIndex: Uint8Array | null,
  childPosition: number,
): readonly (string | null)[] => {
  const { ctx, incoming, known, notificationId, receipt, waits, rows, role } = making;
  const { world } = making.version;
  const { form, receivedAt } = incoming;
  const acute = form.acute.marked;
  const facts = cprIndex ? known.find((k) => Buffer.compare(k.cprIndex, cprIndex) === 0) : undefined;
  const about = childFacts(child, receivedAt);
  const routing = {
    matter: 'notification' as const,
    child: about,
    senderUnit: incoming.senderUnitId,
    need: form.need,
    known: facts ? routingFacts(facts) : null,
    at: ctx.now,
  };
  const intake = receive({ routing, receivedAt, now: ctx.now, acute, receiptOwed: receipt.owed }, world);
  const { routed, acting, owner, assessmentUnit } = intake;
  const measure = facts ? reassessedMeasure(facts.measures, receivedAt, world.rulebook) : null;
  const again = measure ? reassessmentDue({ receivedAt, acute }, measure, world, ctx.now) : null;
  const clocks = again ? [...intake.clocks, again.clock] : intake.clocks;
  const id = ctx.deps.newId(ctx.now);
  const byLetter = receipt.owed && receipt.to === null && childPosition === 0;
  const letter = byLetter ? addLetter(making, id, { ownerUnit: owner.unit, acute }) : [];
  const chain = chainRows(
    ctx,
    id,
    { eventCount: 0, headHash: GENESIS },
    [
      {
        kind: 'notification-received',
        occurredAt: iso(receivedAt),
        data: { notificationId, channel: incoming.channel, childPosition, acute },
      },
      {
        kind: 'routed',
        data: { unit: routed.unit, rule: routed.rule, trace: keptTrace([...routed.trace, ...acting.trace]) },
      },
      { kind: 'owned', data: { ...owner, assessmentUnit } },
      { kind: 'clocks-started', data: Object.fromEntries(clocks.map((c) => [c.kind, withOffset(c.dueAt)])) },
      ...(again ? [again.fact] : []),
      ...letter,
    ],
    role,
    noSeal,
  );
  rows.events.push(...chain.rows);
  rows.deadlines.push(...clocks.map((c) => clockRow(ctx, world, id, c)));
  rows.deadlines.push(...[...intake.timers, ...(waits ? [waits] : [])].map((t) => timerRow(ctx, id, t)));
  const { unit: unitId, ...ownership } = owner;
  rows.ownerships.push({ id: ctx.deps.newId(ctx.now), referralId: id, unitId, ...ownership, startedAt: ctx.now });
  rows.referrals.push({
    id,
    caseNumber: isUnseen(incoming) ? quietCaseNumber(ctx) : undefined,
    matter: 'notification',
    notificationId,
    childId: childIdOf(making, child, facts, cprIndex),
    childPosition,
    childAge: years(about.age),
    status: 'received',
    acute,
    need: form.need,
    responsibleUnitId: routed.unit,
    ownerUnitId: owner.unit,
    provisionalRule: owner.provisionalRule,
    assessmentUnitId: assessmentUnit,
    receivedAt,
    registeredAt: ctx.now,
    nextDueAt: nextDue(clocks),
    changedAt: ctx.now,
    stateVersion: 0,
    ...chain.head,
  });
  for (const mail of intake.mails) addMail(making, id, 'da', mail);
  if (again) {
    const payload = { referralId: id, told: 'reassessment', subjectId: null } as const;
    rows.outbox.push(outboxRow(ctx, { name: 'child.review', payload }));
  }
  return [owner.unit, routed.unit, assessmentUnit];
};

/** The whole submission as rows, ready for its one statement. Pure but for ids, keys and hashes. */
export const submissionRows = (
  ctx: Ctx,
  version: VersionedWorld,
  incoming: Incoming,
  cprIndexes: readonly (Uint8Array | null)[],
  known: readonly KnownHere[],
  role: Role | 'system',
): SubmissionRows & { notificationId: string } => {
  const { form, receivedAt, channel, senderPersonId, senderUnitId, registeredById } = incoming;
  const notificationId = ctx.deps.newId(ctx.now);
  const receipt = receiptFor(incoming);
  const rows: Rows = {
    sealedKeys: [],
    children: [],
    protectedChildren: [],
    referrals: [],
    ownerships: [],
    events: [],
    deadlines: [],
    outbound: [],
    outbox: [],
    letters: [],
    tasks: [],
  };
  const waits = receipt.to ? receiptTimer(receivedAt, version.world, ctx.now) : null;
  const making: Making = { ctx, version, incoming, known, role, notificationId, receipt, waits, rows };
  const sealed = seal(making, 'notification', notificationId, { form, callNote: incoming.callNote ?? null });
  const units = form.children.flatMap((child, position) =>
    addReferral(making, child, cprIndexes[position] ?? null, position),
  );
  if (receipt.to && !waits) addMail(making, null, form.language, { template: 'receipt', to: receipt.to, exempt: true });
  rows.outbox.push(
    outboxRow(ctx, {
      name: 'referral.changed',
      payload: {
        referralId: null,
        by: senderUnitId ?? 'outside',
        units: [...new Set(units.filter((u) => u !== null))],
        persons: senderPersonId ? [senderPersonId] : [],
      },
    }),
  );
  return {
    notificationId,
    organisationVersion: version.version,
    // The hour is enough for the purge, and an anonymous one's is like the others'.
    key: { ...ctx.key, result: { notificationId }, createdAt: hourBegun(registeredById ? ctx.now : receivedAt) },
    notification: {
      id: notificationId,
      channel,
      basis: form.notifier.basis,
      notifierCode: form.notifier.notifierCode,
      senderPersonId,
      senderUnitId,
      registeredById,
      receivedAt,
      registeredAt: ctx.now,
      acute: form.acute.marked,
      suspectedViolence: form.violence?.suspected ?? false,
      honour: form.honour?.suspected ?? false,
      need: form.need,
      reasonCodes: form.concern.reasons,
      language: form.language,
    },
    sealed,
    receipt: {
      id: ctx.deps.newId(ctx.now),
      notificationId,
      state: receipt.owed ? 'pending' : 'not-owed',
      issuedAt: receipt.owed && !waits ? ctx.now : null,
    },
    ...rows,
  };
};
