import { type Clock, startClock } from './deadlines.ts';
import type { Reason } from './errors.ts';
import type { EvidenceKind } from './evidence.ts';
import type { Fact } from './journal.ts';
import { demandLegal, illegal } from './lifecycle.ts';
import type { KnownMeasure, Reassessment } from './reassessed-measures.ts';
import type { Decision, Referral } from './referral.ts';
import { type Instant, iso } from './time.ts';
import { EVENT_NAMES, type EventKind } from './timeline.ts';
import type { World } from './world.ts';

/** How somebody has handled the child's case before; `detail` is the act's event kind where `how` is `acted`. */
export type Touch = {
  readonly personId: string;
  readonly how: 'acted' | 'had' | 'notified' | 'registered' | 'drafted' | 'added' | 'known' | 'linked';
  readonly detail: string | null;
};

const HOW: Readonly<Record<Exclude<Touch['how'], 'acted'>, Reason>> = {
  had: { da: 'du har haft sagen', en: 'you have had the case' },
  notified: { da: 'du har selv underrettet om barnet', en: 'you have notified of the child yourself' },
  registered: {
    da: 'du har registreret en underretning om barnet',
    en: 'you have registered a notification of the child',
  },
  drafted: { da: 'du har skrevet på en underretning om barnet', en: 'you have written on a notification of the child' },
  added: { da: 'du har tilføjet til en underretning om barnet', en: 'you have added to a notification of the child' },
  known: { da: 'du er barnets rådgiver i sagssystemet', en: "you are the child's caseworker in the case system" },
  linked: { da: 'du har rettet i barnets journaler', en: "you have changed the child's records" },
};

/** Why somebody may not make a re-assessment, in words to them. */
export const howOf = ({ how, detail }: Touch): Reason => {
  if (how !== 'acted') return HOW[how];
  const act = EVENT_NAMES[detail as EventKind];
  return act
    ? { da: `du har handlet i den (${act.da})`, en: `you have acted in it (${act.en})` }
    : { da: 'du har handlet i den', en: 'you have acted in it' };
};

/** Refuses whoever has handled the child's case before, and says by what. Throws ILLEGAL_TRANSITION. */
const demandNewEyes = (touch: Touch | undefined): void => {
  if (!touch) return;
  const how = howOf(touch);
  throw illegal(
    `Genvurderingen skal laves af en, der aldrig har haft med barnets sag at gøre: ${how.da}.`,
    `The re-assessment is for somebody who never handled the child's case: ${how.en}.`,
  );
};

/** The duty as it begins: its clock, and the line in the journal that says for which measure. */
export const reassessmentDue = (
  referral: Pick<Referral, 'receivedAt' | 'acute'>,
  { measure }: KnownMeasure,
  { rulebook, calendar }: World,
  now: Instant,
): { readonly clock: Clock; readonly fact: Fact } => ({
  clock: startClock('reassess', { ...referral, start: now }, rulebook, calendar),
  fact: { kind: 'reassessment-opened', data: { measure } },
});

export const mustBeReassessed = ({ clocks }: Pick<Referral, 'clocks'>): boolean =>
  clocks.some(({ kind }) => kind === 'reassess');

/**
 * Looks at the duty again when what is known of the child has changed: `due` is the measure that ran when the
 * notification came, `made` says that a re-assessment has been made. Doing it again changes nothing.
 */
export const reviewReassessment = (
  referral: Referral,
  { due, made }: { readonly due: KnownMeasure | null; readonly made: boolean },
  world: World,
  now: Instant,
): Decision => {
  const runs = mustBeReassessed(referral);
  if (due && !runs && !made && referral.matter === 'notification' && referral.status !== 'closed') {
    const { clock, fact } = reassessmentDue(referral, due, world, now);
    return { patch: {}, facts: [fact], start: [clock] };
  }
  if (!due && runs) {
    return {
      patch: { reassessor: null },
      facts: [{ kind: 'reassessment-lapsed', data: {} }],
      end: [{ kind: 'reassess', as: 'lapsed' }],
    };
  }
  return { patch: {}, facts: [] };
};

const demandDue = (referral: Referral): void => {
  if (mustBeReassessed(referral)) return;
  throw illegal('Der er ingen genvurdering at lave.', 'There is no re-assessment to make.');
};

/** Sealed: `reason`. `occurredAt`: when the work was done, if earlier than its registration. */
export type Reassessing = {
  readonly conclusion: Reassessment;
  readonly evidence: EvidenceKind;
  readonly reason: string;
  readonly occurredAt?: Instant;
};

/**
 * § 137: a child with a measure is assessed anew by somebody who never handled its case. `touch` is how the person has,
 * by the whole history. Throws ILLEGAL_TRANSITION.
 */
export const completeReassessment = (
  referral: Referral,
  { conclusion, evidence, reason, occurredAt }: Reassessing,
  touch: Touch | undefined,
): Decision => {
  demandLegal('complete-reassessment', referral.status);
  demandDue(referral);
  demandNewEyes(touch);
  return {
    patch: { reassessor: null },
    facts: [
      {
        kind: 'reassessed',
        data: { conclusion, evidence },
        ...(occurredAt ? { occurredAt: iso(occurredAt) } : {}),
        sealed: { text: reason },
      },
    ],
    end: [{ kind: 'reassess', as: 'met' }],
  };
};

/** Who shall make it is told so, and may read the case, also from another unit. Throws ILLEGAL_TRANSITION. */
export const nameReassessor = (referral: Referral, personId: string): Decision => {
  demandLegal('name-reassessor', referral.status);
  demandDue(referral);
  return {
    patch: { reassessor: personId },
    facts: [{ kind: 'reassessor-named', data: { to: personId } }],
    mails: [{ template: 'reassessment', to: { person: personId }, exempt: referral.acute }],
  };
};
