import type { Reason } from './errors.ts';
import type { Organisation } from './organisation.ts';
import { presentOrSubstitute } from './recipients.ts';
import { isDuty } from './referral-due.ts';
import { phoneAt, shiftsAt } from './rota.ts';
import { type Instant, iso, localDay } from './time.ts';

export type OwnerFacts = {
  readonly ownerUnit: string;
  readonly responsibleUnit: string;
  readonly provisionalRule: string | null;
  readonly assessmentUnit: string | null;
  readonly handlerId: string | null;
  readonly since: Instant;
  readonly clocks: readonly { readonly kind: string; readonly dueAt: Instant }[];
};

/** `phone` is the number to call now; `onDuty` whoever the rota names, or stands in for them, with their own number. */
type UnitCard = { id: string; name: string; phone: string; onDuty: { title: string; phone: string }[] };
export type OwnerCard = {
  unit: UnitCard;
  department: Reason;
  responsibleUnit: { id: string; name: string };
  since: string;
  handler: { id: string; title: string; phone: string; present: boolean; substitute: string | null } | null;
  provisional: { rule: string; until: string | null; why: Reason } | null;
  assessment: { unit: UnitCard } | null;
  next: { kind: string; dueAt: string } | null;
};

const PROVISIONAL: Readonly<Record<string, Reason>> = {
  'acute-while-closed': {
    da: 'Sagen er akut, og den ansvarlige enhed har lukket. Den overtager selv, når den åbner.',
    en: 'The matter is acute and the responsible unit is closed. It takes over by itself when it opens.',
  },
  dispute: {
    da: 'Ansvaret er ikke afklaret. Enheden handler, indtil det er afgjort.',
    en: 'Responsibility is not settled. The unit acts until it is.',
  },
};

/** Who acts, for which unit and department, whom to call, who answers when they are away, what is next and by when. */
export const ownerCard = (facts: OwnerFacts, organisation: Organisation, now: Instant): OwnerCard => {
  const day = localDay(now);
  const unitCard = (id: string): UnitCard => {
    const unit = organisation.units.get(id);
    const onDuty = shiftsAt(id, organisation, now).flatMap(({ person, phone }) => {
      const present = presentOrSubstitute(person, organisation, day);
      return present ? [{ title: present.title, phone: phone ?? present.phone }] : [];
    });
    return { id, name: unit?.name ?? id, phone: phoneAt(id, organisation, now), onDuty };
  };
  const owner = organisation.units.get(facts.ownerUnit);
  const department = organisation.departments.get(owner?.department ?? '');
  const handler = facts.handlerId ? organisation.people.get(facts.handlerId) : undefined;
  const answers = handler ? presentOrSubstitute(handler.id, organisation, day) : null;
  const next = facts.clocks.find((c) => isDuty(c.kind));
  const opening = facts.clocks.find((c) => c.kind === 'opening');
  return {
    unit: unitCard(facts.ownerUnit),
    department: { da: department?.name ?? '', en: department?.nameEn ?? '' },
    responsibleUnit: { id: facts.responsibleUnit, name: unitCard(facts.responsibleUnit).name },
    since: iso(facts.since),
    handler: handler
      ? {
          id: handler.id,
          title: handler.title,
          phone: handler.phone,
          present: answers?.id === handler.id,
          substitute: answers && answers.id !== handler.id ? `${answers.title}, ${answers.phone}` : null,
        }
      : null,
    provisional: facts.provisionalRule
      ? {
          rule: facts.provisionalRule,
          until: opening ? iso(opening.dueAt) : null,
          why: PROVISIONAL[facts.provisionalRule] ?? {
            da: 'Midlertidigt ansvarlig.',
            en: 'Provisionally responsible.',
          },
        }
      : null,
    assessment: facts.assessmentUnit ? { unit: unitCard(facts.assessmentUnit) } : null,
    next: next ? { kind: next.kind, dueAt: iso(next.dueAt) } : null,
  };
};
