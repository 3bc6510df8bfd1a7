import { withoutBarred } from './conflict.ts';
import { leadersOf } from './conflict-floor.ts';
import type { Organisation, Person, Role } from './organisation.ts';
import { currentUnit } from './organisation-tree.ts';
import type { Dispute } from './ownership.ts';
import { holdersAt, isThere, onDutyAt } from './recipients.ts';
import type { Referral, Restricted } from './referral.ts';
import { decidersOf, speakersFor } from './speakers.ts';
import { type Instant, localDay } from './time.ts';
import type { World } from './world.ts';

/** Who is kept out for being related, not for being left off a list. */
export const relatedTo = ({ barred, restricted }: Pick<Referral, 'barred' | 'restricted'>): readonly string[] =>
  restricted?.related ?? barred;

/** Whose part in a case it is: every one of these needs somebody for whom it is there. */
export type Concern = {
  readonly ownerUnit: string;
  readonly responsibleUnit: string;
  readonly assessmentUnit: string | null;
  /** To whom a hand-over is proposed. */
  readonly receiverUnit: string | null;
  /** Open. */
  readonly dispute: Pick<Dispute, 'acute' | 'step' | 'parties'> | null;
  readonly open: boolean;
  /** Who is named to re-assess it, from whichever unit. */
  readonly reassessor: string | null;
};

/** `unit`: to act; `leader`: to lift it; `dispute`: to speak or decide at its step; `reassess`: to make the re-assessment. */
export type Needed = { readonly person: string; readonly as: 'unit' | 'leader' | 'dispute' | 'reassess' };

/** A unit's leader first. By night its leader sleeps: at the duty unit an officer. */
const ACTING: readonly Role[] = ['team-leader', 'intake', 'caseworker', 'professional-coordinator', 'duty-officer'];
const ON_DUTY: readonly Role[] = ['duty-officer', ...ACTING];

/** Whoever may act in the unit and is there: on duty by the rota now, else those who are not away today. */
const actingAt = (unit: string, organisation: Organisation, now: Instant): readonly string[] => {
  const onDuty = onDutyAt(unit, organisation, now);
  if (onDuty.length > 0) return onDuty.map(({ id }) => id);
  const day = localDay(now);
  const roles = organisation.units.get(unit)?.kind === 'duty-unit' ? ON_DUTY : ACTING;
  const all = roles.flatMap((role) => holdersAt(role, [unit], organisation, day)).map(({ id }) => id);
  const there = all.filter((id) => isThere(id, organisation, day));
  return there.length > 0 ? there : all;
};

/**
 * Whom a restricted case must be opened to beside those who are named, so that it is nowhere in nobody's hands: in every unit
 * that has a part in it somebody who is there and may act, a leader who may lift it, whoever is named to re-assess it
 * (barnets lov § 137), and of a dispute somebody for each side and somebody to decide where the step has one. Never anybody who is related. Policy; barnets lov § 136: assessed
 * within 24 hours whatever else. Sat 2026-11-07 20:00, acute, the child of a caseworker in Nørrebro: whoever is on duty.
 */
export const toBeNamed = (
  concern: Concern,
  { named, related }: Pick<Restricted, 'named' | 'related'>,
  world: World,
  now: Instant,
): readonly Needed[] => {
  const day = localDay(now);
  const { organisation } = withoutBarred(world, related, day);
  const needed: Needed[] = [];
  const need = (as: Needed['as'], candidates: readonly string[], first = candidates[0]): void => {
    const has = candidates.some((id) => named.includes(id) || needed.some(({ person }) => person === id));
    if (!has && first !== undefined) needed.push({ person: first, as });
  };
  const today = (unit: string): string => currentUnit(organisation, unit, day)?.id ?? unit;
  const { ownerUnit, responsibleUnit, assessmentUnit, receiverUnit, dispute } = concern;
  const parties = dispute?.parties.map(({ unit }) => unit) ?? [];
  const parts = [ownerUnit, responsibleUnit, assessmentUnit, receiverUnit, ...parties].filter((unit) => unit !== null);
  for (const unit of concern.open ? new Set(parts.map(today)) : []) need('unit', actingAt(unit, organisation, now));
  for (const unit of new Set([ownerUnit, responsibleUnit])) {
    const leaders = leadersOf(unit, organisation, day).map(({ id }) => id);
    need('leader', leaders, leaders.find((id) => isThere(id, organisation, day)) ?? leaders[0]);
  }
  const { reassessor } = concern;
  if (concern.open && reassessor !== null && !related.includes(reassessor)) need('reassess', [reassessor]);
  if (!dispute) return needed;
  for (const unit of parties) {
    // Who is named may speak by the roles of a later step, as where nobody holds those of this one.
    const closed = [...organisation.people.keys()].filter(
      (id) => !named.includes(id) && !needed.some(({ person }) => person === id),
    );
    const open = withoutBarred({ ...world, organisation }, closed, day).organisation;
    if (speakersFor(unit, dispute, open, day).length === 0)
      need('dispute', speakersFor(unit, dispute, organisation, day));
  }
  need('dispute', decidersOf(dispute, organisation, day));
  return needed;
};

/** What is missing from a list that somebody chooses for their own unit; null: nothing. */
export const missingFrom = (
  chosen: readonly string[],
  unit: string,
  open: boolean,
  organisation: Organisation,
  now: Instant,
): 'nobody-to-lead' | 'nobody-to-handle' | null => {
  const isChosen = ({ id }: Pick<Person, 'id'>): boolean => chosen.includes(id);
  if (!leadersOf(unit, organisation, localDay(now)).some(isChosen)) return 'nobody-to-lead';
  if (open && !actingAt(unit, organisation, now).some((id) => chosen.includes(id))) return 'nobody-to-handle';
  return null;
};
