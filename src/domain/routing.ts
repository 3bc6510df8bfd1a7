import type { Reason } from './errors.ts';
import { DISABILITY, rowOn, WORRY } from './matrix.ts';
import type { MatrixRow, Organisation, Unit } from './organisation.ts';
import {
  centralIntake,
  currentUnit,
  isValid,
  listsPostalCode,
  mayOwn,
  unitsByPostalCode,
} from './organisation-tree.ts';
import { type Routed, type RoutingInput, type TraceEntry, withinAges, years } from './routing-facts.ts';
import { byPostalCode, bySchoolOrSender, type Found, meantBy } from './routing-units.ts';
import { partsFor } from './split-rules.ts';
import { localDay } from './time.ts';
import { WHY } from './trace-words.ts';

export type { Routed, RoutingInput, TraceEntry } from './routing-facts.ts';

/** An inquiry's own rule stands between 3 and 4 and has no number in the rules. */
const REGISTERING_UNIT = 7;

type Outcome = {
  readonly unit: Unit | null;
  readonly why: Reason;
  readonly candidates?: readonly Unit[];
};
type Rule = {
  readonly rule: number;
  readonly name: string;
  readonly apply: (facts: RoutingInput, organisation: Organisation) => Outcome;
};

const no = (why: Reason, candidates: readonly Unit[] = []): Outcome => ({ unit: null, why, candidates });
const yes = (unit: Unit, da: string, en: string, candidates: readonly Unit[] = []): Outcome => ({
  unit,
  why: { da: `${da} → ${unit.name}`, en: `${en} → ${unit.name}` },
  candidates,
});
const names = (units: readonly Unit[]): string => units.map((unit) => unit.name).join(', ');
const intakeOf = (facts: RoutingInput, organisation: Organisation): Unit =>
  centralIntake(organisation, localDay(facts.at));

/** A child placed outside the municipality is still ours, so this comes before its address. */
const openCase: Rule['apply'] = (facts, organisation) => {
  const known = facts.known?.unit ?? null;
  if (known === null) return no(WHY['no-open-case']);
  const named = currentUnit(organisation, known, localDay(facts.at), partsFor(facts, organisation));
  if (!named) return no(WHY['case-unit-closed']);
  const meant = meantBy(known, facts, organisation);
  const da = `Barnet har en åben sag i ${named.name}${named.id === known ? '' : ', som har afløst sagens enhed'}`;
  const en = `The child has an open case in ${named.name}${named.id === known ? '' : ", which succeeded the case's unit"}`;
  if (meant.unit) return yes(meant.unit, da, en);
  return meant.anyMayOwn
    ? yes(intakeOf(facts, organisation), `${da}, men hvor kan ikke afgøres`, `${en}, but where cannot be told`, [
        ...meant.candidates,
      ])
    : no({ da: `${da}, som ikke kan eje dette`, en: `${en}, which may not own this` });
};

const otherMunicipality: Rule['apply'] = (facts, organisation) => {
  const { postalCode } = facts.child;
  const intake = intakeOf(facts, organisation);
  const neighbour = organisation.municipality.neighbours.find(
    (row) => postalCode !== null && listsPostalCode(row.postalCodes, postalCode),
  );
  if (facts.elsewhere)
    return yes(
      intake,
      `Modtagelsen siger, at barnet hører til ${neighbour?.name ?? 'en anden kommune'}; sendes videre`,
      `Intake says that the child belongs to ${neighbour?.name ?? 'another municipality'}; to be passed on`,
    );
  if (postalCode === null) return no(WHY['no-postal-code']);
  if (unitsByPostalCode(organisation, postalCode, localDay(facts.at)).length > 0) return no(WHY['own-postal-code']);
  return yes(
    intake,
    `Postnummeret hører til ${neighbour?.name ?? 'en anden kommune'}; sendes videre`,
    `The postal code belongs to ${neighbour?.name ?? 'another municipality'}; to be passed on`,
  );
};

const matrixRow = (facts: RoutingInput, organisation: Organisation, id: string) =>
  rowOn(organisation.matrix, id, localDay(facts.at));

/** What the trace calls it: a row that two people have decided here says what, by which law and since when. */
const asRow = ({ need, needEn, basis, change, validity }: MatrixRow): Reason => {
  if (change === null) return { da: 'Ansvarsmatricen', en: 'The responsibility matrix' };
  const { day, month, year } = validity.from ?? { day: '', month: '', year: '' };
  return {
    da: `Ansvarsmatricen, ${need} (${basis}, besluttet fra ${day}.${month}.${year})`,
    en: `The responsibility matrix, ${needEn ?? need} (${basis}, decided from ${day}/${month}/${year})`,
  };
};

const matrix: Rule['apply'] = (facts, organisation) => {
  const wanted = facts.need !== null && facts.need !== WORRY ? matrixRow(facts, organisation, facts.need) : undefined;
  const applies = wanted && withinAges(wanted.ages, years(facts.child.age)) ? wanted : undefined;
  // For an inquiry the rules name the matrix alone: its registering unit knows what it asks for.
  const disabled = facts.matter === 'notification' && facts.known?.disability === true;
  const tries = [
    ...(disabled
      ? [{ row: matrixRow(facts, organisation, DISABILITY), da: 'Kendt handicapsag', en: 'Known disability' }]
      : []),
    ...(applies ? [{ row: applies, ...asRow(applies) }] : []),
  ];
  let advice: Outcome | null = null;
  for (const { row, da, en } of tries) {
    if (!row) continue;
    const named = organisation.units.get(row.unit);
    const meant = meantBy(row.unit, facts, organisation);
    if (meant.unit) return yes(meant.unit, `${da}: ${named?.name}`, `${en}: ${named?.name}`);
    if (meant.anyMayOwn)
      return yes(
        intakeOf(facts, organisation),
        `${da}: ${named?.name}, men hvor kan ikke afgøres`,
        `${en}: ${named?.name}, but where cannot be told`,
        meant.candidates,
      );
    const why = {
      da: `${da} peger på ${named?.name}, som ikke kan eje dette: kun til oplysning`,
      en: `${en} names ${named?.name}, which may not own this: advice only`,
    };
    advice = no(why, named ? [named] : []);
  }
  if (advice) return advice;
  if (wanted) return no(WHY['not-that-age']);
  return facts.need === null || facts.need === WORRY ? no(WHY['no-need']) : no(WHY['need-not-in-matrix']);
};

const shared = (found: Found, facts: RoutingInput, organisation: Organisation): Outcome =>
  yes(
    intakeOf(facts, organisation),
    `Flere enheder deles om adressen (${names(found.candidates)}), og skolen afgør det ikke`,
    `Several units share the address (${names(found.candidates)}), and the school does not decide`,
    found.candidates,
  );

const address: Rule['apply'] = (facts, organisation) => {
  const found = byPostalCode(facts, organisation);
  if (found.candidates.length > 0) return shared(found, facts, organisation);
  if (!found.unit) return no(WHY['address-names-none']);
  return found.by === 'institution'
    ? yes(found.unit, 'Flere enheder deles om postnummeret; skolen afgør', 'A shared postal code; the school decides')
    : yes(found.unit, 'Barnets adresse', "The child's address");
};

const schoolOrSender: Rule['apply'] = (facts, organisation) => {
  const found = bySchoolOrSender(facts, organisation);
  if (found.candidates.length > 0) return shared(found, facts, organisation);
  if (!found.unit) return facts.child.postalCode === null ? no(WHY['no-area']) : no(WHY['postal-code-known']);
  return found.by === 'institution'
    ? yes(found.unit, 'Skolens eller dagtilbuddets område', "The school's or daycare's area")
    : yes(found.unit, 'Afsenderens område', "The sender's area");
};

const registeringUnit: Rule['apply'] = (facts, organisation) => {
  const unit = facts.senderUnit === null ? null : currentUnit(organisation, facts.senderUnit, localDay(facts.at));
  return unit && mayOwn(unit, facts.matter)
    ? yes(unit, 'Enheden, der registrerede', 'The unit that registered it')
    : no(WHY['registering-unit-may-not']);
};

const FIRST: readonly Rule[] = [
  { rule: 1, name: 'open-case', apply: openCase },
  { rule: 2, name: 'other-municipality', apply: otherMunicipality },
  { rule: 3, name: 'responsibility-matrix', apply: matrix },
];
const LAST: readonly Rule[] = [
  { rule: 4, name: 'address', apply: address },
  { rule: 5, name: 'school-or-sender', apply: schoolOrSender },
  {
    rule: 6,
    name: 'central-intake',
    apply: (facts, organisation) =>
      yes(intakeOf(facts, organisation), 'Ingen anden regel passer', 'No other rule matches'),
  },
];

/** First match wins; the last rule of each always matches. */
const RULES = {
  notification: [...FIRST, ...LAST],
  inquiry: [...FIRST, { rule: REGISTERING_UNIT, name: 'registering-unit', apply: registeringUnit }, ...LAST],
} as const satisfies Record<RoutingInput['matter'], readonly Rule[]>;

/** The case's own caseworker while present; absent or gone, the unit's intake has it. */
const presentCaseworker = (facts: RoutingInput, organisation: Organisation, unit: string): string | null => {
  const person = organisation.people.get(facts.known?.caseworker ?? '');
  const on = localDay(facts.at);
  if (!person || !isValid(person.validity, on) || person.absences.some((absence) => isValid(absence, on))) return null;
  const there = person.unit === unit || person.roles.some((role) => role.unit === unit && isValid(role.validity, on));
  return there ? person.id : null;
};

/**
 * Who is responsible for one child's matter (`domain/rules.md`, Routing). Total: whatever the facts, a valid
 * unit that may own the matter. The trace holds every rule tried, the matching one last.
 * Worked case: 2300 and a school on Nørrebro → central intake by rule 4, both Amager units as candidates.
 */
export function route(input: RoutingInput, organisation: Organisation): Routed {
  const trace: TraceEntry[] = [];
  for (const { rule, name, apply } of RULES[input.matter]) {
    const { unit, why, candidates = [] } = apply(input, organisation);
    const ids = candidates.map((candidate) => candidate.id);
    trace.push({ rule, name, matched: unit !== null, why, ...(ids.length > 0 ? { candidates: ids } : {}) });
    if (unit)
      return {
        unit: unit.id,
        rule,
        caseworker: rule === 1 ? presentCaseworker(input, organisation, unit.id) : null,
        trace,
      };
  }
  throw new RangeError('the last rule always matches');
}
