import type { Organisation, Unit } from '#domain/organisation.ts';
import { local, T } from '#domain/time.ts';
import { alarmsOf, nextChase } from '#test/model/alarms.ts';
import { HOUR } from '#test/model/days.ts';
import { type Hours, isOpen, openTime, type Span } from '#test/model/opening.ts';
import type { ClockRow, MailRow, OwnerRow, Record, ReferralRow } from './record.ts';
import { isThere } from './staff.ts';

/** What was found wrong, in words; nothing when all holds. */
export type Faults = Readonly<globalThis.Record<string, readonly string[]>>;

export type Lived = {
  readonly record: Record;
  readonly organisation: Organisation;
  /** Referrals about whose 24 hours somebody who was told forgot, or came late. */
  readonly careless: ReadonlySet<string>;
  /** When the year ended. */
  readonly end: Date;
};

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const hoursOf = ({ hours }: Unit): Hours =>
  hours === 'always'
    ? 'always'
    : {
        week: [1, 2, 3, 4, 5, 6, 7].map((day) =>
          (hours[day] ?? []).map(({ from, to }): Span => [minutes(from), minutes(to)]),
        ),
      };

const text = (at: Date | number): string => {
  const { year, month, day, hour, minute } = local(T.Instant.fromEpochMilliseconds(Number(at)));
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
};
const dayAt = (at: Date) => local(T.Instant.fromEpochMilliseconds(at.getTime())).toPlainDate();

/** Each referral's owners follow each other without gap or overlap from registration on, and the last one is open. */
const ownersOf = ({ referrals, owners }: Record): string[] => {
  const byReferral = Map.groupBy(owners, ({ referralId }) => referralId);
  const unbroken = (rows: readonly OwnerRow[], { ownerUnit, registeredAt }: ReferralRow): boolean =>
    rows[0]?.startedAt.getTime() === registeredAt.getTime() &&
    rows.at(-1)?.unit === ownerUnit &&
    rows.every(({ endedAt }, n) => (endedAt?.getTime() ?? null) === (rows[n + 1]?.startedAt.getTime() ?? null));
  return referrals
    .filter((referral) => !unbroken(byReferral.get(referral.id) ?? [], referral))
    .map(({ id, registeredAt }) => `${text(registeredAt)} ${id}`);
};

/** The alarms that rules.md plans for a clock until it ended: before its end, at it, and every reminder after. */
const plannedFor = (clock: ClockRow, until: number): number[] => {
  const start = Math.max(clock.startedAt.getTime(), Date.parse(clock.countedFrom));
  const due = clock.dueAt.getTime();
  const planned = alarmsOf(start, clock, due).map(({ at }) => at);
  for (let at = due; at < until; planned.push(at)) at = nextChase(due, clock.unit, at);
  return planned.filter((at) => at < until);
};

const where = ({ kind, referralId, dueAt }: ClockRow): string => `${kind} due ${text(dueAt)} of ${referralId}`;

/** Every alarm of every clock at its own instant, to somebody. */
const alarmsAtTheirTime = ({ record: { clocks, mails }, end }: Lived): string[] => {
  const told = Map.groupBy(mails, ({ deadlineId }) => deadlineId ?? '');
  return clocks
    .filter(({ moved }) => !moved)
    .flatMap((clock) => {
      const at = new Set((told.get(clock.id) ?? []).map(({ createdAt }) => createdAt.getTime()));
      const until = (clock.endedAt ?? end).getTime();
      return plannedFor(clock, until)
        .filter((one) => !at.has(one))
        .map((one) => `${where(clock)}: nobody told at ${text(one)}`);
    });
};

/** Every clock is met in time, or a named person who was there was told before it ran out. */
const metOrTold = ({ record: { clocks, mails }, organisation, end }: Lived): string[] => {
  const told = Map.groupBy(mails, ({ deadlineId }) => deadlineId ?? '');
  const reached = (mail: MailRow, { dueAt }: ClockRow): boolean => {
    const person = mail.person === null ? undefined : organisation.people.get(mail.person);
    return Boolean(person && mail.sentAt && mail.sentAt <= dueAt && isThere(person, dayAt(mail.sentAt)));
  };
  return clocks
    .filter(({ endedAt, dueAt }) => (endedAt ?? end) > dueAt)
    .filter((clock) => !(told.get(clock.id) ?? []).some((mail) => reached(mail, clock)))
    .map((clock) => `${where(clock)}: ended ${clock.endedAt ? text(clock.endedAt) : 'not yet'}, nobody there was told`);
};

/** The task is of the 24 hours; a receipt leaves at once, and goes to a notifier. */
const NEVER_HELD: ReadonlySet<string> = new Set(['assessment-task', 'receipt']);

/** No mail to staff while their unit is closed, except of acute matters and of the 24 hours. */
const quietHours = ({ record: { clocks, mails, referrals }, organisation }: Lived): string[] => {
  const kinds = new Map(clocks.map(({ id, kind }) => [id, kind]));
  const acute = new Set(referrals.filter((one) => one.acute).map(({ id }) => id));
  const hours = new Map([...organisation.units.values()].map((unit) => [unit.id, hoursOf(unit)]));
  return mails
    .filter(({ toNotifier, sentAt }) => !toNotifier && sentAt !== null)
    .filter(({ template, deadlineId, referralId }) => {
      const exempt = NEVER_HELD.has(template) || kinds.get(deadlineId ?? '') === 'assess-24h';
      return !exempt && !acute.has(referralId ?? '');
    })
    .filter(({ person, unit, sentAt }) => {
      const receiver = person === null ? unit : organisation.people.get(person)?.unit;
      const open = hours.get(receiver ?? '');
      return open === undefined || !isOpen(open, (sentAt as Date).getTime());
    })
    .map((mail) => {
      const what = mail.deadlineId === null ? mail.template : `${kinds.get(mail.deadlineId)} ${mail.stage}`;
      return `${text(mail.sentAt as Date)} ${mail.person ?? mail.unit}: ${what}`;
    });
};

const TELLS_OF_24_HOURS: ReadonlySet<string> = new Set(['assessment-task', 'referral-received', 'ownership-arrived']);
const ENOUGH = 2 * HOUR;

/** The 24 hours are met where nobody who was told forgot or was late; and everybody's were told early enough to act. */
const within24Hours = ({ record: { clocks, mails }, organisation, careless, end }: Lived): string[] => {
  const byReferral = Map.groupBy(mails, ({ referralId }) => referralId ?? '');
  return clocks
    .filter(({ kind }) => kind === 'assess-24h')
    .flatMap((clock) => {
      const due = clock.dueAt.getTime();
      const late = (clock.endedAt ?? end) > clock.dueAt;
      if (late && !careless.has(clock.referralId)) return [`${where(clock)}: late although nobody was careless`];
      const early = (byReferral.get(clock.referralId) ?? []).some(({ template, deadlineId, person, unit, sentAt }) => {
        if (sentAt === null || !(deadlineId === clock.id || TELLS_OF_24_HOURS.has(template))) return false;
        const told = person === null ? undefined : organisation.people.get(person);
        if (told && !isThere(told, dayAt(sentAt))) return false;
        const place = organisation.units.get(told?.unit ?? unit ?? '');
        return place !== undefined && openTime(hoursOf(place), sentAt.getTime(), due) >= ENOUGH;
      });
      const metBefore = clock.endedAt !== null && clock.endedAt <= clock.dueAt;
      return early || metBefore || end < clock.dueAt ? [] : [`${where(clock)}: told too late to act`];
    });
};

const HAS_CASES: ReadonlySet<string> = new Set(['caseworker', 'intake', 'professional-coordinator', 'team-leader']);

/** Every duty to tell a notifier is over, or stands in a list of a unit in which somebody is who can do it. */
const feedbackOwned = ({ record: { clocks, referrals }, organisation, end }: Lived): string[] => {
  const byId = new Map(referrals.map((referral) => [referral.id, referral]));
  const somebody = new Set(
    [...organisation.people.values()]
      .filter((person) => isThere(person, dayAt(end)))
      .flatMap(({ roles }) => roles.filter(({ role }) => HAS_CASES.has(role)).map(({ unit }) => unit)),
  );
  return clocks
    .filter(({ kind, endedAt }) => kind === 'feedback' && endedAt === null)
    .filter(({ referralId, dueAt }) => {
      const referral = byId.get(referralId);
      return !referral || referral.nextDueAt > dueAt || !somebody.has(referral.ownerUnit);
    })
    .map(where);
};

const receiptsAtOnce = ({ receipts, clocks }: Record): string[] => [
  ...receipts
    .filter(({ state, deliveredAt, registeredAt }) =>
      state === 'delivered' ? deliveredAt?.getTime() !== registeredAt.getTime() : state !== 'not-owed',
    )
    .map(({ state, registeredAt }) => `${text(registeredAt)} ${state}`),
  ...clocks.filter(({ kind, state }) => kind === 'receipt' && state !== 'met').map(where),
];

/** What rules.md promises of a year, each with whatever contradicts it. */
export const faultsOf = (lived: Lived): Faults => ({
  'one owner at every instant': ownersOf(lived.record),
  'every alarm at its instant': alarmsAtTheirTime(lived),
  'every clock met, or a named person told in time': metOrTold(lived),
  'no mail in quiet hours except acute and 24-hour ones': quietHours(lived),
  'the 24 hours met': within24Hours(lived),
  'every feedback given, withheld, or open with an owner': feedbackOwned(lived),
  'receipts delivered at once': receiptsAtOnce(lived.record),
});
