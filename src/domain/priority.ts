import { assessBy, isAssessed, moveTo } from './acknowledge.ts';
import { actsNow } from './acting.ts';
import { inWords } from './deadline-explanation.ts';
import { type Clock, type Derivation, startClock } from './deadlines.ts';
import type { Reason } from './errors.ts';
import { timersFor } from './intake.ts';
import { demandLegal, illegal } from './lifecycle.ts';
import type { Decision, Referral, Retiming, RunningClock } from './referral.ts';
import { isPolicyKind } from './rulebook.ts';
import { type Instant, isBefore, latest, withOffset } from './time.ts';
import type { World } from './world.ts';

const note = (acute: boolean, now: Instant, old: Instant): Reason => {
  const [at, was] = [inWords(now), inWords(old)];
  return acute
    ? {
        da: `Henvendelsen blev akut ${at.da}. Den akutte frist regnes fra da og er tidligere end den hidtidige, ${was.da}.`,
        en: `The referral became acute on ${at.en}. The acute period counts from then and ends before the former one, ${was.en}.`,
      }
    : {
        da: `Henvendelsen er ikke længere akut fra ${at.da}. Den almindelige frist regnes fra begyndelsen, dog aldrig før ændringen. Før: ${was.da}.`,
        en: `The referral is no longer acute from ${at.en}. The ordinary period counts from the start, but never ends before the change. Before: ${was.en}.`,
      };
};

const retimed = (clock: RunningClock, referral: Referral, acute: boolean, world: World, now: Instant): Retiming[] => {
  const { kind } = clock;
  // Statutory clocks, timers and ladder steps are not moved here.
  if (!isPolicyKind(kind)) return [];
  const { pauses = [] } = (clock.derivation ?? {}) as Partial<Derivation>;
  const count = (start: Instant): Clock =>
    startClock(
      kind,
      { start, receivedAt: referral.receivedAt, acute, pauses, begun: clock.startedAt },
      world.rulebook,
      world.calendar,
    );
  const counted = count(acute ? now : clock.startedAt);
  const dueAt = acute ? counted.dueAt : latest(counted.dueAt, now);
  if (acute ? !isBefore(dueAt, clock.dueAt) : dueAt.equals(clock.dueAt)) return [];
  const derivation = { ...counted.derivation, due: withOffset(dueAt), note: note(acute, now, clock.dueAt) };
  return [{ id: clock.id, kind, acute, dueAt, derivation }];
};

/**
 * Acute or not, from now on (`domain/rules.md`, Acute). To acute: each running policy clock is due at the earlier of
 * its old instant and the acute period from the change, and who acts now is decided again. To ordinary: the ordinary
 * period from the clock's start, never before the change. Acknowledgement running since Monday 09:00 and made acute at
 * 15:00 is due at 16:00, made ordinary again on Tuesday 23:59:59. Ladder clocks are the dispute's own.
 */
export const changePriority = (
  referral: Referral,
  change: { readonly acute: boolean; readonly reason: string },
  world: World,
  now: Instant,
): Decision => {
  demandLegal('change-priority', referral.status);
  const { acute, reason } = change;
  if (acute === referral.acute) {
    throw acute
      ? illegal('Henvendelsen er allerede akut.', 'The referral is acute already.')
      : illegal('Henvendelsen er ikke akut.', 'The referral is not acute.');
  }
  const moves = referral.clocks.flatMap((clock) => retimed(clock, referral, acute, world, now));
  const due = Object.fromEntries(moves.map(({ id, dueAt }) => [id, withOffset(dueAt)]));
  const fact = { kind: 'priority-changed', data: { acute, due }, sealed: { text: reason } };
  if (!acute) return { patch: { acute }, facts: [fact], retime: moves };
  return nowAcute({ ...referral, acute }, fact, moves, world, now);
};

const nowAcute = (
  referral: Referral,
  fact: Decision['facts'][number],
  moves: readonly Retiming[],
  world: World,
  now: Instant,
): Decision => {
  const {
    responsibleUnit: responsible,
    provisionalRule,
    stayingPerson,
    status,
    clocks,
    handlerId,
    ownerUnit,
  } = referral;
  const facts = { responsible, acute: true, assessBy: assessBy(referral), assessed: isAssessed(referral), at: now };
  const acting = actsNow(facts, world);
  // Who holds it provisionally keeps it, and so does a named person who stays on it past closing.
  if (acting.as === 'provisional owner' && provisionalRule === null && stayingPerson === null) {
    const moved = moveTo(referral, responsible, 'became-acute', fact, world, now);
    return { ...moved, patch: { ...moved.patch, acute: true }, retime: moves.filter((m) => m.kind !== 'acknowledge') };
  }
  const watched = provisionalRule !== null || status !== 'received' || clocks.some((c) => c.kind === 'closing');
  return {
    patch: { acute: true },
    facts: [fact],
    retime: moves,
    timers: watched ? [] : timersFor(world, responsible, false, now),
    mails: [{ template: 'became-acute', to: handlerId ? { person: handlerId } : { unit: ownerUnit }, exempt: true }],
  };
};
