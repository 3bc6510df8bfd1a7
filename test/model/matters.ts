/**
 * When a dispute or an escalation exists, on which step and between whom: the second model of rules.md, *Ownership,
 * disputes, escalations*. One referral is told deed by deed; instants are milliseconds. It knows the acts that people
 * did and the moves of ownership that the system made by opening hours; what follows from them it reckons itself.
 */
import { dayOf, HOUR, lastSecond } from './days.ts';
import { toAcute, toOrdinary } from './ladder.ts';
import {
  type Deed,
  end,
  firstRung,
  type Matter,
  openMatter,
  type Place,
  pass,
  type Referral,
  raise,
  waiting,
} from './matter-record.ts';
import { afterOpenTime } from './opening.ts';
import { begin, clockToAcute, clockToOrdinary, KINDS, pausedUntil, resumed } from './policy-clock.ts';

/** The named unit becomes responsible; if it was another, its acknowledgement is awaited once it owns the work. */
const name = (r: Referral, owner: string, place: Place, at: number): void => {
  const matter = openMatter(r);
  if (!matter) throw new Error('nothing to settle');
  end(r, matter, 'settled', at);
  r.handover = null;
  if (r.responsible !== owner && r.owner !== place.dutyUnit && r.owner !== owner) r.left.push(r.owner);
  r.responsible = owner;
  // One that was silent has the time of its acknowledgement again, now that it is named.
  if (matter.awaited === 'acknowledge' && r.acknowledge) r.acknowledge = waiting(begin(KINDS.acknowledge, at, r.acute));
};

const agreed = (r: Referral, person: string, place: Place, at: number): void => {
  const matter = openMatter(r);
  if (!matter?.proposal) throw new Error('nothing proposed');
  const { proposal, parties, rung } = matter;
  const bound = parties.filter((unit) => place.speaksFor(person, unit, { step: rung.step, acute: r.acute, at }));
  proposal.agreed = [...new Set([...proposal.agreed, ...bound])];
  if (parties.every((unit) => proposal.agreed.includes(unit))) name(r, proposal.owner, place, at);
};

const offer = (r: Referral, to: string, refused: string[], place: Place, at: number): void => {
  const from = r.handover?.from ?? r.owner;
  const backAt = r.left.includes(to) ? afterOpenTime(place.hoursOf(to), at, 4 * HOUR) : null;
  const clock = waiting(begin(KINDS.handover, at, r.acute));
  r.handover = { ...clock, from, to, proposedAt: at, backAt, refused, state: 'waiting' };
};

/** Declined: the proposer is named, or the one named instead declines too → dispute; else the third unit is asked at once. */
const decline = (r: Referral, instead: string, place: Place, at: number): void => {
  const { handover } = r;
  if (!handover) throw new Error('nothing to decline');
  const matter = openMatter(r);
  const refused = [...handover.refused, handover.to];
  const disputed = instead === handover.from || handover.refused.length > 0;
  if (matter?.awaited === 'handover') end(r, matter, 'settled', at);
  const inDispute = matter?.kind === 'dispute' ? matter : null;
  // Whoever refuses has said something, and is a side from then on.
  if (inDispute) inDispute.parties = [...new Set([...inDispute.parties, handover.to])];
  if (!disputed) {
    offer(r, instead, refused, place, at);
    if (inDispute) inDispute.about = at;
    return;
  }
  handover.state = 'declined';
  const parties = [...new Set([handover.from, ...refused])];
  const what = { kind: 'dispute', awaited: null, about: handover.proposedAt, raisedBy: null, parties } as const;
  if (inDispute) inDispute.raisedBy = null;
  else raise(r, { ...what, parties }, at);
};

const priority = (r: Referral, acute: boolean, at: number): void => {
  r.acute = acute;
  for (const one of [r.acknowledge, r.handover]) {
    if (!one) continue;
    const { due } = one.clock;
    one.clock = acute ? clockToAcute(one.clock, at) : clockToOrdinary(one.clock, at);
    if (one.clock.due !== due) one.asked = false;
  }
  const matter = openMatter(r);
  if (!matter) return;
  const { meeting, rung } = matter;
  const bound = meeting && meeting.step === rung.step ? meeting : null;
  const own = bound ? { ...rung, endsAt: bound.ownEnd } : rung;
  matter.rung = acute ? toAcute(own, at) : toOrdinary(own, at);
  if (!bound || matter.rung.step !== rung.step || at >= matter.rung.endsAt) return;
  // A meeting that lies after the new end can settle nothing in time.
  if (!bound.held && bound.at > matter.rung.endsAt) matter.meeting = null;
  else boundBy(matter, bound, matter.rung.endsAt, at);
};

/** The step ends with the day of its meeting, never later than it would have. */
const boundBy = (matter: Matter, meeting: NonNullable<Matter['meeting']>, ownEnd: number, at: number): void => {
  matter.meeting = { ...meeting, ownEnd };
  matter.rung = { ...matter.rung, endsAt: Math.max(Math.min(ownEnd, lastSecond(dayOf(meeting.at))), at) };
};

const ownEndOf = ({ meeting, rung }: Matter): number => (meeting?.step === rung.step ? meeting.ownEnd : rung.endsAt);

const call = (matter: Matter, on: number, at: number): void => {
  const ownEnd = ownEndOf(matter);
  const meeting = { step: matter.rung.step, at: on, ownEnd, held: false };
  // Once the last step has run out nothing is left to bound.
  if (at < matter.rung.endsAt) boundBy(matter, meeting, ownEnd, at);
  else matter.meeting = meeting;
};

/** The work goes along with its units; what has one side left is over. */
const follow = (r: Referral, to: (unit: string) => string, after: (unit: string) => string, at: number): void => {
  const { handover } = r;
  const matter = openMatter(r);
  const sides = [handover?.from, handover?.to, ...(handover?.refused ?? []), ...(matter?.parties ?? [])];
  const named = [r.owner, r.responsible, ...sides, matter?.proposal?.owner].filter((unit) => unit !== undefined);
  // What has nothing to do with a unit any more goes to none of its parts: the unit that it has left is the one after it.
  r.left = r.left.map(named.some((unit) => to(unit) !== unit) ? to : after);
  r.owner = to(r.owner);
  r.responsible = to(r.responsible);
  if (handover) {
    handover.from = to(handover.from);
    handover.to = to(handover.to);
    handover.refused = handover.refused.map(to);
  }
  if (matter) {
    matter.parties = [...new Set(matter.parties.map(to))];
    matter.raisedBy = matter.raisedBy && to(matter.raisedBy);
    if (matter.proposal) {
      matter.proposal = { owner: to(matter.proposal.owner), agreed: [...new Set(matter.proposal.agreed.map(to))] };
    }
    const alone = matter.kind === 'dispute' && matter.parties.length < 2;
    const answered = matter.awaited === 'handover' && handover?.from === handover?.to;
    if (alone || answered) end(r, matter, 'settled', at);
    if (alone) r.responsible = matter.parties[0] ?? r.responsible;
  }
  if (handover && (handover.from === handover.to || (handover.state === 'declined' && !openMatter(r))))
    r.handover = null;
};

const overtaken = (r: Referral, at: number): void => {
  const matter = openMatter(r);
  if (matter) end(r, matter, 'withdrawn', at);
  r.handover = null;
};

/** One deed, after everything that fell due before it. */
export const tell = (r: Referral, deed: Deed, place: Place): void => {
  const { at } = deed;
  // A move that comes of a deed comes before all that the deed has made silence again.
  if (deed.act !== 'owned' || deed.how === 'placed' || at > r.at) pass(r, at);
  r.at = at;
  const matter = openMatter(r);
  switch (deed.act) {
    case 'propose-handover':
      r.handover = null;
      offer(r, deed.to, [], place, at);
      return;
    case 'decline-handover':
      decline(r, deed.instead, place, at);
      return;
    case 'accept-handover': {
      const { handover } = r;
      if (!handover) throw new Error('nothing to accept');
      // What the duty unit hands over does not count as a move.
      if (handover.from !== place.dutyUnit) r.left.push(r.owner);
      if (matter) end(r, matter, 'settled', at);
      Object.assign(r, { owner: handover.to, responsible: handover.to, acceptedAt: at, ...TAKEN });
      return;
    }
    case 'withdraw-handover': {
      const { handover } = r;
      r.handover = null;
      const about = matter?.about !== null && matter?.about === handover?.proposedAt;
      if (matter && about && (matter.raisedBy === null || matter.raisedBy === handover?.from))
        end(r, matter, 'withdrawn', at);
      return;
    }
    case 'acknowledge':
    case 'correct-child':
      if (deed.routedTo !== null) {
        r.responsible = deed.routedTo;
        overtaken(r, at);
      } else if (deed.act === 'acknowledge') {
        r.acknowledge = null;
        if (matter?.awaited === 'acknowledge') end(r, matter, 'settled', at);
      }
      return;
    case 'raise-dispute': {
      const { handover } = r;
      const sides = handover ? [handover.from, handover.to] : [];
      const parties = [deed.unit, deed.whose, r.owner, ...sides];
      const about = handover?.proposedAt ?? null;
      raise(r, { kind: 'dispute', awaited: null, about, raisedBy: deed.unit, parties }, at);
      return;
    }
    case 'withdraw-dispute':
      if (matter) end(r, matter, 'withdrawn', at);
      return;
    case 'propose-settlement':
      if (matter) matter.proposal = { owner: deed.owner, agreed: [] };
      agreed(r, deed.person, place, at);
      return;
    case 'agree':
      agreed(r, deed.person, place, at);
      return;
    case 'decide-dispute':
      name(r, deed.owner, place, at);
      return;
    case 'climb-early':
      if (matter) matter.rung = firstRung(at, r.acute, matter.rung.step + 1);
      return;
    case 'call-meeting':
      if (matter) call(matter, deed.on, at);
      return;
    case 'cancel-meeting':
      if (!matter) return;
      if (at < ownEndOf(matter)) matter.rung = { ...matter.rung, endsAt: ownEndOf(matter) };
      matter.meeting = null;
      return;
    case 'record-minutes':
      if (matter?.meeting) matter.meeting.held = true;
      return;
    case 'mark-in-error':
      overtaken(r, at);
      Object.assign(r, { open: false, acknowledge: null });
      return;
    case 'close':
      r.open = false;
      return;
    case 'reopen':
      r.open = true;
      for (const after of r.changes) follow(r, after, after, at);
      r.changes = [];
      return;
    case 'priority':
      if (r.acute !== deed.acute) priority(r, deed.acute, at);
      return;
    case 'pause-clock':
    case 'resume-clock': {
      const one = deed.clock === 'handover' ? r.handover : r.acknowledge;
      if (!one) throw new Error('no such clock');
      one.clock = deed.act === 'pause-clock' ? pausedUntil(one.clock, at, deed.until) : resumed(one.clock, at);
      one.asked = false;
      return;
    }
    case 'units':
      // What has ended stays with the unit that had it.
      if (r.open) follow(r, deed.to, deed.after, at);
      else r.changes.push(deed.after);
      return;
    case 'owned':
      if (r.acceptedAt === at || (deed.how !== 'moved' && deed.unit === r.owner)) return;
      r.owner = deed.unit;
      r.acknowledge = waiting(begin(KINDS.acknowledge, at, r.acute));
      return;
  }
};

const TAKEN = { acknowledge: null, handover: null } as const;
