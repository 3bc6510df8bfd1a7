import { inWords } from './deadline-explanation.ts';
import { startClock } from './deadlines.ts';
import { refuseField } from './field-errors.ts';
import { demandLegal } from './lifecycle.ts';
import type { Measure } from './measure.ts';
import type { Decision, Referral, Retiming } from './referral.ts';
import { endOfDay, type Instant, isAfter, isBefore, localDay, withOffset } from './time.ts';
import type { World } from './world.ts';

/** Both texts are sealed; the preliminary assessment is asked for when the four months are over. */
export type Finishing = { readonly conclusion: string; readonly preliminaryAssessment: string | null };

/** Is the preliminary assessment required of whoever finishes it now? § 20(3): 4 months, counted from receipt. */
const finishesLate = (referral: Referral, now: Instant): boolean => {
  const clock = referral.clocks.find((c) => c.kind === 'investigation');
  return referral.examination === 'investigation' && clock !== undefined && isAfter(now, clock.dueAt);
};

/** § 95: the first follow-up comes after 3 months, or earlier, when a parallel examination ends. */
const earlierFollowUps = (
  referral: Referral,
  measures: readonly Measure[],
  { rulebook, calendar }: World,
  now: Instant,
): Retiming[] => {
  const dueAt = endOfDay(localDay(now));
  const first = new Set(measures.filter((m) => m.state === 'running' && m.followUps === 0).map((m) => m.id));
  return referral.clocks
    .filter((c) => c.kind === 'follow-up' && first.has(c.subjectId ?? '') && isBefore(dueAt, c.dueAt))
    .map(({ id, kind, acute, startedAt, dueAt: old }) => {
      const from = { start: startedAt, receivedAt: referral.receivedAt, acute };
      const was = inWords(old);
      const note = {
        da: `Fremrykket, fordi afdækningen eller undersøgelsen blev afsluttet denne dag. Før: ${was.da}.`,
        en: `Brought forward because the examination or investigation ended on this day. Before: ${was.en}.`,
      };
      const { derivation } = startClock('follow-up', from, rulebook, calendar);
      return { id, kind, acute, dueAt, derivation: { ...derivation, due: withOffset(dueAt), note } };
    });
};

/**
 * The limited examination or the investigation that runs is finished; only the latter meets the four months' clock.
 * `measures` are the referral's. Throws INVALID when the preliminary assessment is missing.
 */
export const finishExamination = (
  referral: Referral,
  { conclusion, preliminaryAssessment }: Finishing,
  measures: readonly Measure[],
  world: World,
  now: Instant,
): Decision => {
  demandLegal('finish-examination', referral.status);
  const late = finishesLate(referral, now);
  const preliminary = preliminaryAssessment?.trim() ? preliminaryAssessment : null;
  if (late && preliminary === null) refuseField('preliminaryAssessment', 'required');
  const text = [conclusion, ...(preliminary === null ? [] : [preliminary])].join('\n\n');
  return {
    patch: { status: 'decided', examination: null },
    facts: [
      {
        kind: 'examination-finished',
        data: { examination: referral.examination, late },
        sealed: { text, preliminaryAssessment: preliminary },
      },
    ],
    end: referral.examination === 'investigation' ? [{ kind: 'investigation', as: 'met' }] : [],
    retime: earlierFollowUps(referral, measures, world, now),
  };
};
