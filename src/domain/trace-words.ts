import type { Reason } from './errors.ts';
import type { TraceEntry } from './routing-facts.ts';

/**
 * Why a rule matched or did not, where the sentence names no unit. The journal keeps the word on the left: it is written
 * with every referral and hashed. So a word that has been in use stays, and means the same.
 */
export const WHY = {
  'no-open-case': { da: 'Barnet har ingen kendt åben sag', en: 'The child has no known open case' },
  'case-unit-closed': {
    da: 'Sagens enhed er lukket uden afløser',
    en: "The case's unit is closed without a successor",
  },
  'no-postal-code': { da: 'Barnets postnummer kendes ikke', en: "The child's postal code is not known" },
  'own-postal-code': { da: 'Postnummeret hører til kommunen', en: 'The postal code belongs to the municipality' },
  'not-that-age': { da: 'Behovets række gælder ikke i den alder', en: "The need's row does not cover that age" },
  'no-need': { da: 'Intet særligt behov er valgt', en: 'No particular need was chosen' },
  'need-not-in-matrix': {
    da: 'Behovet står ikke i ansvarsmatricen',
    en: 'The need is not in the responsibility matrix',
  },
  'address-names-none': { da: 'Adressen udpeger ingen enhed', en: 'The address points to no unit' },
  'no-area': {
    da: 'Hverken skole, dagtilbud eller afsender har et område',
    en: 'Neither school, daycare nor sender has an area',
  },
  'postal-code-known': { da: 'Postnummeret er kendt', en: 'The postal code is known' },
  'registering-unit-may-not': {
    da: 'Enheden, der registrerede, kan ikke eje dette',
    en: 'The unit that registered it may not own this',
  },
  'not-acute-or-open': {
    da: 'Ikke akut, eller den ansvarlige enhed har åbent',
    en: 'Not acute, or the responsible unit is open',
  },
  'acute-and-closed': {
    da: 'Akut, og den ansvarlige enhed har lukket',
    en: 'Acute, and the responsible unit is closed',
  },
  'assess-at-once': {
    da: 'De 24 timer er gået: den, der har åbent, vurderer straks',
    en: 'The 24 hours are over: whoever is open assesses at once',
  },
  'hours-not-over': {
    da: 'De 24 timer er ikke gået, eller er vurderet',
    en: 'The 24 hours are not over, or it is assessed',
  },
  'opening-hours-enough': {
    da: 'Den ansvarlige enhed har åbningstid nok, eller der er vurderet',
    en: 'The responsible unit has opening hours enough, or it is assessed',
  },
} as const satisfies Record<string, Reason>;

type Why = keyof typeof WHY;
const wordOf = new Map<Reason, Why>((Object.keys(WHY) as Why[]).map((word) => [WHY[word], word]));

/** An entry in the journal. Those of before have the sentence, as the ones have that name a unit as it was called then. */
type KeptEntry = Pick<TraceEntry, 'rule' | 'matched' | 'candidates'> & { readonly why: Why | Reason };

/** The trace for the journal. A rule's name goes by its number. */
export const keptTrace = (trace: readonly TraceEntry[]): readonly KeptEntry[] =>
  trace.map(({ name: _, why, ...rest }) => ({ ...rest, why: wordOf.get(why) ?? why }));

/** The trace as it is told on screen, of what the journal keeps. */
export const toldTrace = (kept: readonly KeptEntry[]): readonly Pick<TraceEntry, 'rule' | 'matched' | 'why'>[] =>
  kept.map(({ rule, matched, why }) => ({ rule, matched, why: typeof why === 'string' ? WHY[why] : why }));
