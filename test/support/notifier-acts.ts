import { DomainError } from '#domain/errors.ts';
import type { Outcome } from '#domain/outcomes.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { addEvidence } from '#usecases/add-evidence.ts';
import { approveWithheld } from '#usecases/answer-withholding.ts';
import { askForMore } from '#usecases/ask-for-more.ts';
import { previewRequest } from '#usecases/asking.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { checkBasis } from '#usecases/check-basis.ts';
import type { Ctx } from '#usecases/context.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { beginHearing } from '#usecases/hear-parties.ts';
import { noteParents } from '#usecases/note-parents.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { releaseParents } from '#usecases/release-parents.ts';
import { startMeasure } from '#usecases/start-measure.ts';
import { clearNotifier, suspectNotifier } from '#usecases/suspect-notifier.ts';
import { withholdFeedback } from '#usecases/withhold-feedback.ts';
import type { TestMunicipality } from './municipality.ts';
import { type Course, type Measure, type NotifierModel, tierOf } from './notifier-model.ts';
import { trainingOrganisation } from './organisation.ts';

const KNOWN = { unit: null, disability: false, elsewhere: false } as const;
const HANDLERS: ReadonlySet<string> = new Set(['caseworker', 'duty-officer', 'intake']);

export type ActName = keyof ReturnType<typeof actsOn>;
/** One step of a random history: which child it is about, and what is chosen where there is a choice. */
export type Step = { readonly act: ActName; readonly child: number; readonly pick: number };

const chosen = <T>(from: readonly [T, ...T[]], pick: number): T => from[pick % from.length] ?? from[0];

/** What a municipality does with a notification, each act with words of its own that nobody else may read. */
const actsOn = (
  town: TestMunicipality,
  model: NotifierModel,
  { id, course, pick, word }: { id: string; course: Course; pick: number; word: () => string },
) => {
  const organisation = trainingOrganisation();
  const now = () => town.deps.clock.now();
  const at = async (unit: string, leads = false): Promise<Ctx> => {
    const people = [...organisation.people.values()].filter((one) => one.unit === unit);
    const person = people.find(({ roles }) =>
      roles.some(({ role }) => (leads ? role === 'team-leader' : HANDLERS.has(role))),
    );
    return town.ctxFor(person?.id ?? 'caseworker-bbu-norrebro', await now());
  };
  const owner = async (leads = false): Promise<Ctx> =>
    at((await town.deps.db.referral.findUniqueOrThrow({ where: { id } })).ownerUnitId, leads);
  const unit = (): string => chosen(['bch-modtagelsen', 'bbu-valby', 'bch-bornegruppen'], pick);
  return {
    take: async () => acknowledgeReferral(await owner(), { id, known: KNOWN, need: null }),
    assess: async () => {
      const done = { acute: pick % 2 === 0, evidence: 'visit', occurredAt: await now(), reason: word() } as const;
      await assessReferral(await owner(), { id, ...done });
    },
    decide: async () => {
      const outcome = chosen<Outcome>(['investigation', 'preventive', 'nothing', 'limited-examination'], pick);
      await decideReferral(await owner(), { id, outcome, reason: word() });
      course.outcomes.push(outcome);
    },
    measure: async () => {
      const type = chosen<Measure>(['respite', 'foster-family'], pick);
      await startMeasure(await owner(), { id, type, plannedMonths: 7, reason: word() });
      course.measures.push(type);
    },
    evidence: async () => addEvidence(await owner(), { id, kind: 'meeting', occurredAt: await now(), text: word() }),
    ask: async () => {
      const { told } = await previewRequest(await owner(), { id, questions: ['ask-tried'] });
      await askForMore(await owner(), { id, questions: ['ask-tried'], previewed: told });
      model.asked();
    },
    give: async () => {
      const material = pick % 2 === 0;
      const channel = chosen(['site', 'letter', 'call'] as const, pick);
      const { told } = await previewFeedback(await owner(), { id, material, choices: [] });
      const how = { choices: [], channel, previewed: told } as const;
      await giveFeedback(await owner(), { id, material: material ? word() : null, ...how });
      model.given(tierOf(course, material), channel);
    },
    withhold: async () => {
      const { feedbackId } = await withholdFeedback(await owner(), { id, reason: word() });
      await approveWithheld(await owner(true), { id, feedbackId });
      model.withheld();
    },
    suspect: async () => {
      await suspectNotifier(await owner(), { id, reason: word() });
      model.takenBack();
      model.state.suspected = true;
    },
    clear: async () => {
      await clearNotifier(await owner(), { id, reason: word() });
      model.state.suspected = false;
    },
    check: async () => {
      const as = pick % 3 === 0 ? 'citizen' : 'professional';
      await checkBasis(await owner(), { id, as, reason: word() });
      model.state.needsCheck = false;
      model.state.owed = as === 'professional';
      if (as === 'citizen') model.takenBack();
    },
    offer: async () => proposeHandover(await owner(), { id, to: unit(), reason: word() }),
    accept: async () => acceptHandover(await at(unit()), { id }),
    decline: async () => {
      const { ownerUnitId: instead } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
      await declineHandover(await at(unit()), { id, instead, basis: word(), reason: word() });
    },
    parents: async () => {
      const told = { what: 'told', how: 'visit', whom: word(), text: word() } as const;
      await noteParents(await owner(), { id, occurredAt: await now(), ...told });
    },
    release: async () => releaseParents(await owner(true), { id, whom: word(), reason: word() }),
    hearing: async () => beginHearing(await owner(), { id, reason: word() }),
    settle: async () => {
      await town.settle();
      model.settled();
    },
    wait: async () => {
      await town.standAt((await now()).add({ hours: 1 + (pick % 3) }));
      await town.settle();
      model.settled();
    },
  };
};

export const ACTS = [
  ...(['take', 'assess', 'decide', 'measure', 'evidence', 'ask', 'give', 'withhold', 'suspect', 'clear'] as const),
  ...(['check', 'offer', 'accept', 'decline', 'parents', 'release', 'hearing', 'settle', 'wait'] as const),
] satisfies readonly ActName[];

/** Does it, or learns that it may not be done now. Answers whether it was done. */
export const perform = async (
  town: TestMunicipality,
  model: NotifierModel,
  children: readonly { readonly id: string; readonly course: Course }[],
  { act, child, pick }: Step,
  word: () => string,
): Promise<boolean> => {
  const about = children[child % children.length];
  if (!about) return false;
  try {
    await actsOn(town, model, { ...about, pick, word })[act]();
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
};
