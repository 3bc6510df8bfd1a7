import { CODES } from '#domain/default-codes.ts';
import { DomainError } from '#domain/errors.ts';
import type { Outcome } from '#domain/outcomes.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { closeReferral } from '#usecases/close-referral.ts';
import type { Ctx } from '#usecases/context.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { endMeasure } from '#usecases/end-measure.ts';
import { finishExamination } from '#usecases/finish-examination.ts';
import { followUpMeasure } from '#usecases/follow-up-measure.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { startMeasure } from '#usecases/start-measure.ts';
import { type Chance, pick } from './chance.ts';
import { plant } from './planted.ts';

/** What a person sees who opens the case. */
type Seen = {
  readonly id: string;
  readonly status: string;
  readonly acute: boolean;
  readonly ownerUnit: string;
  readonly assessed: boolean;
  readonly decision: string | null;
  /** Those that run; `due` in milliseconds. */
  readonly clocks: readonly { readonly kind: string; readonly subject: string | null; readonly due: number }[];
  /** The one that waits for its answer. */
  readonly handover: { readonly to: string; readonly from: string } | null;
  /** Of the open dispute or escalation. */
  readonly parties: readonly string[] | null;
};

/** How soon the same person will look at the case again of their own accord; null when there is nothing more to do. */
export type Afterwards = 'now' | 'days' | 'weeks' | 'months' | null;

const NEW_HERE = { known: { unit: null, disability: false, elsewhere: false }, need: null } as const;
const OUTCOMES: readonly Outcome[] = [
  ...(['nothing', 'nothing', 'nothing', 'preventive', 'preventive'] as const),
  ...(['investigation', 'investigation', 'limited-examination', 'immediate-measure'] as const),
];
const OTHER_UNITS = ['bbu-norrebro', 'bbu-valby', 'bbu-vesterbro', 'bbu-bhv', 'bbu-amager-ost', 'bch-bornegruppen'];
const MONTH_MS = 30 * 24 * 60 * 60 * 1000;
const HAND_OVER = 0.05;
const DECLINE = 0.3;
/** What the notifier is owed is put off this often, so that some of it comes late or not at all. */
const PUTS_OFF = 0.4;

const see = async (ctx: Ctx, id: string): Promise<Seen | null> => {
  const rows = await ctx.deps.db.$queryRaw<Seen[]>`
    select r.id::text, r.status, r.acute, r.owner_unit_id as "ownerUnit", r.assessed_at is not null as assessed, r.decision,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'subject', d.subject_id, 'due',
        (extract(epoch from d.due_at) * 1000)::bigint)), '[]') from deadline d
        where d.referral_id = r.id and d.state = 'running') as clocks,
      (select jsonb_build_object('to', h.to_unit_id, 'from', h.from_unit_id) from handover h
        where h.referral_id = r.id and h.state = 'proposed') as handover,
      (select to_jsonb(s.party_unit_ids) from dispute s where s.referral_id = r.id and s.state = 'open') as parties
    from referral r where r.id = ${id}::uuid`;
  return rows[0] ?? null;
};

const answerHandover = async (ctx: Ctx, seen: Seen, chance: number): Promise<Afterwards> => {
  const { handover } = seen;
  if (handover && chance < DECLINE && seen.parties === null) {
    await declineHandover(ctx, { id: seen.id, instead: handover.from, basis: 'barnets lov', reason: plant() });
    return null;
  }
  await acceptHandover(ctx, { id: seen.id });
  return 'days';
};

const tell = async (ctx: Ctx, id: string): Promise<Afterwards> => {
  const { told } = await previewFeedback(ctx, { id, material: false, choices: [] });
  await giveFeedback(ctx, { id, material: null, choices: [], channel: 'site', previewed: told });
  return 'days';
};

const examine = async (ctx: Ctx, { id, clocks }: Seen): Promise<Afterwards> => {
  const due = clocks.find(({ kind }) => kind === 'investigation')?.due;
  const late = due !== undefined && due < ctx.now.epochMilliseconds;
  await finishExamination(ctx, { id, conclusion: plant(), preliminaryAssessment: late ? plant() : null });
  return 'days';
};

/** Where violence is suspected only an investigation will do; who did not know is told so and decides again. */
const decideOn = async (ctx: Ctx, id: string, outcome: Outcome): Promise<Afterwards> => {
  const examines = (what: Outcome): Afterwards =>
    what === 'investigation' || what === 'limited-examination' ? 'months' : 'days';
  try {
    await decideReferral(ctx, { id, outcome, reason: plant() });
    return examines(outcome);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'INVALID') throw error;
    await decideReferral(ctx, { id, outcome: 'investigation', reason: plant() });
    return examines('investigation');
  }
};

const decide = async (ctx: Ctx, { id, ownerUnit }: Seen, chance: Chance): Promise<Afterwards> => {
  if (chance('hand over') < HAND_OVER) {
    const to = pick(
      OTHER_UNITS.filter((unit) => unit !== ownerUnit),
      chance('to'),
    );
    await proposeHandover(ctx, { id, to, reason: plant() });
    return 'days';
  }
  return decideOn(ctx, id, pick(OUTCOMES, chance('outcome')));
};

const helpOrClose = async (ctx: Ctx, seen: Seen, chance: Chance): Promise<Afterwards> => {
  const { id, decision, clocks } = seen;
  const clockOf = (kind: string) => clocks.find((clock) => clock.kind === kind);
  const near = (clock: { readonly due: number }): boolean => clock.due - ctx.now.epochMilliseconds < MONTH_MS;
  // Something was done at once; whether to investigate is still to be decided.
  const investigation = clockOf('investigation');
  if (investigation && near(investigation)) return decideOn(ctx, id, 'nothing');
  const followUp = clockOf('follow-up');
  if (followUp && !near(followUp)) return 'months';
  const measureId = followUp?.subject;
  if (measureId && chance('goes on') < 0.5) {
    await followUpMeasure(ctx, { id, measureId, evidence: 'visit', conclusion: plant(), nextMonths: null });
    return 'months';
  }
  if (measureId) {
    await endMeasure(ctx, { id, measureId, reason: plant() });
    return 'days';
  }
  const helped = await ctx.deps.db.measure.count({ where: { referralId: id } });
  if (decision !== 'nothing' && helped === 0) {
    const type = pick(CODES.measures, chance('type')).code;
    await startMeasure(ctx, { id, type, plannedMonths: 6, reason: plant() });
    return 'days';
  }
  if (investigation) return decideOn(ctx, id, 'nothing');
  await closeReferral(ctx, { id, reason: plant() });
  return null;
};

/**
 * What a person of the case does next who opens it: one act, the most pressing that is theirs. Throws DomainError where
 * somebody was first or it is not theirs.
 */
export const workOn = async (ctx: Ctx, referralId: string, chance: Chance): Promise<Afterwards> => {
  const seen = await see(ctx, referralId);
  if (!seen || ctx.actor.kind !== 'person') return null;
  const covers = ctx.actor.roles.flatMap((held) => held.covers);
  const roles = ctx.actor.roles.map(({ role }) => role);
  const owner = covers.includes(seen.ownerUnit);
  if (seen.parties && roles.some((role) => role === 'buf-sof-coordinator' || role === 'director')) {
    const party = pick(seen.parties, chance('party'));
    await decideDispute(ctx, { id: seen.id, owner: party, basis: 'barnets lov', reason: plant() });
    return null;
  }
  if (seen.handover && covers.includes(seen.handover.to)) {
    return answerHandover(ctx, seen, chance('answer'));
  }
  if (seen.status === 'received' && owner) {
    await acknowledgeReferral(ctx, { id: seen.id, ...NEW_HERE });
    return !seen.assessed ? 'now' : 'days';
  }
  if (!seen.assessed && seen.status !== 'closed') {
    await assessReferral(ctx, { id: seen.id, acute: seen.acute, evidence: 'phone-call', reason: plant() });
    return owner ? 'weeks' : null;
  }
  if (!owner) return null;
  if (seen.clocks.some(({ kind }) => kind === 'feedback') && seen.status !== 'received') {
    return chance('put-off') < PUTS_OFF ? 'weeks' : tell(ctx, seen.id);
  }
  if (seen.status === 'acknowledged') return decide(ctx, seen, chance);
  if (seen.status === 'examining') return examine(ctx, seen);
  return seen.status === 'decided' ? helpOrClose(ctx, seen, chance) : null;
};
