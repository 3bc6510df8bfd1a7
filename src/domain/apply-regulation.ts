import { type ClosingDay, closingDayOn, holidayName } from './calendar.ts';
import { addCode, correctCode, endCode } from './code-changes.ts';
import type { CodeLists } from './codes.ts';
import { refuseField } from './field-errors.ts';
import type { Decided } from './holidays.ts';
import { endException, openOtherwise } from './opening-changes.ts';
import type { Organisation } from './organisation.ts';
import type { Change, RegulationChange } from './regulation-change.ts';
import { calendarFrom, type Regulations } from './regulations.ts';
import type { LawKind, LawVersion, PeriodUnit, PolicyVersion, Rule } from './rulebook.ts';
import { feedbackSentence, feedbackWords, reassessedMeasures, receiptPolicy } from './telling-changes.ts';
import { type Instant, iso, type LocalDay, localDay, T } from './time.ts';
import { withVersion } from './versions.ts';

/** What lies in the past, or begins today, cannot be changed any more. */
const demandLater = (path: string, day: string, today: LocalDay): void => {
  if (day <= today.toString()) refuseField(path, 'not-tomorrow');
};

const sorted = <Row extends { readonly from: string | null }>(rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const policyPeriod = (regulations: Regulations, change: Change<'policy-period'>, now: Instant): Regulations => {
  const { clock, from, period, acute, source, applyToOpen } = change;
  const policies = withVersion<PolicyVersion>(regulations.rulebook.policies, 'policy', from, (base) => {
    const { acute: _acute, appliesToOpen: _open, ...old } = base.clocks[clock];
    if (same([base.clocks[clock].period, base.clocks[clock].acute ?? null], [period, acute])) {
      refuseField('change.period', 'nothing-changed');
    }
    const rule: Rule = {
      ...old,
      period,
      ...(acute ? { acute } : {}),
      ...(applyToOpen ? { appliesToOpen: iso(now) } : {}),
      source,
    };
    return { ...base, clocks: { ...base.clocks, [clock]: rule } };
  });
  return { ...regulations, rulebook: { ...regulations.rulebook, policies } };
};

const policyLimits = (regulations: Regulations, change: Change<'policy-limits'>): Regulations => {
  const { what: _what, from, source, ...limits } = change;
  const policies = withVersion<PolicyVersion>(regulations.rulebook.policies, 'policy', from, (base) => ({
    ...base,
    ...limits,
    limitsSource: source,
  }));
  return { ...regulations, rulebook: { ...regulations.rulebook, policies } };
};

/** How each duty is counted: from an hour, over days, to a date. A period of another kind would be another duty. */
const UNITS_OF: Readonly<Record<LawKind, readonly PeriodUnit[]>> = {
  'assess-24h': ['elapsed hours'],
  receipt: ['hverdage', 'workdays', 'days'],
  investigation: ['months', 'hverdage', 'workdays', 'days'],
  'follow-up': ['months', 'hverdage', 'workdays', 'days'],
};

const lawPeriod = (regulations: Regulations, change: Change<'law-period'>): Regulations => {
  const { duty, from, period, again, paragraph, status, source } = change;
  if (!UNITS_OF[duty].includes(period.unit)) refuseField('change.period.unit', 'unknown-choice');
  if (again && !UNITS_OF[duty].includes(again.unit)) refuseField('change.again.unit', 'unknown-choice');
  const newest = regulations.rulebook.laws.at(-1);
  const laws = withVersion<LawVersion>(
    regulations.rulebook.laws,
    newest?.id.replace(/-\d{4}(-\d\d-\d\d)?$/, '') ?? 'lov',
    from,
    (base) => {
      const { again: _again, ...old } = base.duties[duty];
      const rule: Rule = { ...old, period, ...(again ? { again } : {}), paragraph, status, source };
      if (same(rule, base.duties[duty])) refuseField('change.period', 'nothing-changed');
      return { ...base, duties: { ...base.duties, [duty]: rule } };
    },
  );
  return { ...regulations, rulebook: { ...regulations.rulebook, laws } };
};

/** Words only: what has been counted by the version stays as it was counted. */
const correctText = (regulations: Regulations, change: Change<'correct-text'>): Regulations => {
  const { version, rule, paragraph, status, source } = change;
  const { laws, policies } = regulations.rulebook;
  let found = false;
  const corrected = <R extends Readonly<Record<string, Rule>>>(id: string, rules: R): R => {
    const old = rules[rule];
    if (id !== version || !old) return rules;
    found = true;
    return { ...rules, [rule]: { ...old, paragraph, status, source } };
  };
  const rulebook = {
    ...regulations.rulebook,
    laws: laws.map((law) => ({ ...law, duties: corrected(law.id, law.duties) })),
    policies: policies.map((policy) => ({ ...policy, clocks: corrected(policy.id, policy.clocks) })),
  };
  if (!found) refuseField('change.rule', 'unknown-choice');
  return { ...regulations, rulebook };
};

/** What the law says beside its clocks; nothing is counted by it. */
const correctReference = (regulations: Regulations, change: Change<'correct-reference'>): Regulations => {
  const { version, topic, paragraph, status, source } = change;
  const { laws } = regulations.rulebook;
  const law = laws.find(({ id }) => id === version);
  const old = law?.references[topic];
  if (!law || !old) return refuseField('change.topic', 'unknown-choice');
  const corrected = { ...law, references: { ...law.references, [topic]: { ...old, paragraph, status, source } } };
  const rulebook = { ...regulations.rulebook, laws: laws.map((one) => (one === law ? corrected : one)) };
  return { ...regulations, rulebook };
};

const withCodes = (regulations: Regulations, codes: CodeLists): Regulations => ({
  ...regulations,
  rulebook: { ...regulations.rulebook, codes },
});

const alarms = (regulations: Regulations, change: Change<'alarms'>): Regulations => {
  const { clock: kind, from, opensAt, chaseWorkdays, chaseHours, parts, source } = change;
  const { rulebook } = regulations;
  const last = rulebook.alarmChanges.at(-1);
  if (last && from < last.from) refuseField('change.from', 'before-planned');
  const rules = {
    opensAt,
    chaseDays: { n: chaseWorkdays, unit: 'workdays' as const },
    chaseHours: { n: chaseHours, unit: 'elapsed hours' as const },
    ...(parts && {
      hourParts: { quarter: parts.quarter, half: parts.half },
      halfPart: parts.workdays,
      earlyPart: parts.days,
    }),
  };
  const alarmChanges = [...rulebook.alarmChanges, { from, kind, rules, status: 'policy' as const, source }];
  return { ...regulations, rulebook: { ...rulebook, alarmChanges } };
};

/** What is decided for clocks that begin later says since when: those that run keep their days, whatever moves them. */
const begins = ({ applyToOpen }: { readonly applyToOpen: boolean }, now: Instant): Pick<ClosingDay, 'since'> =>
  applyToOpen ? {} : { since: iso(now) };

const ends = <Row extends Decided<Row['until']> & { readonly until: unknown }>(
  { ended, ...row }: Row,
  {
    until,
    source,
    applyToOpen,
  }: { readonly until: Row['until']; readonly source: string; readonly applyToOpen: boolean },
  now: Instant,
) => {
  const change = { until, source };
  if (applyToOpen) return { ...row, ...change };
  return { ...row, ...change, ended: [...(ended ?? []), { since: iso(now), was: row.until }] };
};

const closingDay = (regulations: Regulations, change: Change<'closing-day'>, now: Instant): Regulations => {
  const { what: _what, applyToOpen: _apply, ...day } = change;
  const today = localDay(now);
  const dated = day.on.length > 5;
  if (dated) demandLater('change.on', day.on, today);
  if (day.until !== null && day.until <= day.from) refuseField('change.until', 'end-before-start');
  const first = T.PlainDate.from(dated ? day.on : day.from);
  const calendar = calendarFrom(regulations);
  const clash = dated
    ? closingDayOn(calendar, first)
    : calendar.closingDays.find((c) => c.on === day.on && c.until === null);
  if (clash) refuseField('change.on', 'twice');
  if (dated && holidayName(calendar, first)) refuseField('change.on', 'is-holiday');
  return { ...regulations, closingDays: sorted([...regulations.closingDays, { ...day, ...begins(change, now) }]) };
};

const endClosingDay = (regulations: Regulations, change: Change<'end-closing-day'>, now: Instant): Regulations => {
  demandLater('change.until', change.until, localDay(now));
  const runs = (day: Regulations['closingDays'][number]): boolean =>
    day.on === change.on && (day.until === null || day.until > change.until);
  if (!regulations.closingDays.some(runs)) refuseField('change.on', 'unknown-choice');
  const closingDays = regulations.closingDays.map((day) => (runs(day) ? ends(day, change, now) : day));
  return { ...regulations, closingDays };
};

const holiday = (regulations: Regulations, change: Change<'holiday'>, now: Instant): Regulations => {
  const { what: _what, applyToOpen: _apply, ...day } = change;
  if (day.from <= localDay(now).year) refuseField('change.from', 'not-next-year');
  const id = `${day.en.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${day.from}`;
  if (regulations.holidays.some((h) => h.id === id || (same(h.on, day.on) && h.until === null))) {
    refuseField('change.on', 'twice');
  }
  return { ...regulations, holidays: [...regulations.holidays, { ...day, id, until: null, ...begins(change, now) }] };
};

const endHoliday = (regulations: Regulations, change: Change<'end-holiday'>, now: Instant): Regulations => {
  const { id, until } = change;
  if (until <= localDay(now).year) refuseField('change.until', 'not-next-year');
  const runs = (h: Regulations['holidays'][number]): boolean => h.id === id && (h.until === null || h.until > until);
  if (!regulations.holidays.some(runs)) refuseField('change.id', 'unknown-choice');
  return { ...regulations, holidays: regulations.holidays.map((h) => (runs(h) ? ends(h, change, now) : h)) };
};

/**
 * The regulations with one change. What begins, begins tomorrow or later; only units may be closed or opened from the
 * next minute on. `id` names what the change makes. Pure, so that the dry run and the confirmation do the same. Throws
 * INVALID, naming the field (`change.from`).
 */
export const applyRegulation = (
  regulations: Regulations,
  change: RegulationChange,
  id: string,
  organisation: Organisation,
  now: Instant,
): Regulations => {
  const today = localDay(now);
  const { codes } = regulations.rulebook;
  const fromDay = 'from' in change && typeof change.from === 'string' ? change.from : null;
  if (fromDay !== null && change.what !== 'opening-exception') demandLater('change.from', fromDay, today);
  switch (change.what) {
    case 'policy-period':
      return policyPeriod(regulations, change, now);
    case 'policy-limits':
      return policyLimits(regulations, change);
    case 'law-period':
      return lawPeriod(regulations, change);
    case 'correct-text':
      return correctText(regulations, change);
    case 'correct-reference':
      return correctReference(regulations, change);
    case 'add-code':
      return withCodes(regulations, addCode(codes, change));
    case 'end-code':
      return withCodes(regulations, endCode(codes, change, today));
    case 'correct-code':
      return withCodes(regulations, correctCode(codes, change, today));
    case 'feedback-words':
      return feedbackWords(regulations, change);
    case 'feedback-sentence':
      return feedbackSentence(regulations, change);
    case 'receipt-policy':
      return receiptPolicy(regulations, change);
    case 'reassessed-measures':
      return reassessedMeasures(regulations, change);
    case 'alarms':
      return alarms(regulations, change);
    case 'closing-day':
      return closingDay(regulations, change, now);
    case 'end-closing-day':
      return endClosingDay(regulations, change, now);
    case 'holiday':
      return holiday(regulations, change, now);
    case 'end-holiday':
      return endHoliday(regulations, change, now);
    case 'opening-exception':
      return openOtherwise(regulations, change, id, organisation, now);
    case 'end-exception':
      return endException(regulations, change, organisation, today);
  }
};
