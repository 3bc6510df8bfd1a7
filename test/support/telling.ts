import type { Outcome } from '#domain/outcomes.ts';
import { approveWithheld } from '#usecases/answer-withholding.ts';
import type { Ctx } from '#usecases/context.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { listOwnNotifications } from '#usecases/list-own-notifications.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { withholdFeedback } from '#usecases/withhold-feedback.ts';
import { actorsOf } from './disputes.ts';
import type { TestMunicipality } from './municipality.ts';

export const CASEWORKER = 'caseworker-bbu-norrebro';
export const LEADER = 'team-leader-bbu-norrebro';
export const SENDER = 'school-social-worker-skole-norrebro';

/** Tells notifiers, or does not, by the clock as it stands. */
export const tellersOf = (town: Pick<TestMunicipality, 'ctxFor' | 'deps' | 'submit'>) => {
  const people = actorsOf(town);
  const { by } = people;

  /** Sent by a school, taken, assessed and decided at Nørrebro: feedback is owed. */
  const decided = async (outcome: Outcome = 'preventive'): Promise<string> => {
    const id = await people.taken(false);
    await decideReferral(await by(CASEWORKER), { id, outcome, reason: 'Kort' });
    return id;
  };
  const giving = async (ctx: Ctx, id: string, channel: 'site' | 'call' | 'letter' = 'site') => {
    const { told } = await previewFeedback(ctx, { id, material: false, choices: [] });
    return { id, material: null, choices: [], channel, previewed: told };
  };
  const give = async (id: string, personId = CASEWORKER) =>
    giveFeedback(await by(personId), await giving(await by(personId), id));
  const withheld = async (id: string): Promise<string> => {
    const { feedbackId } = await withholdFeedback(await by(CASEWORKER), { id, reason: 'Fare for barnet' });
    await approveWithheld(await by(LEADER), { id, feedbackId });
    return feedbackId;
  };
  /** *Mine underretninger*: what has been told of one referral's notification, in Danish. */
  const toldOf = async (id: string): Promise<string[]> => {
    const { notificationId } = await town.deps.db.referral.findUniqueOrThrow({ where: { id } });
    const { items } = await listOwnNotifications(await by(SENDER), undefined);
    const item = items.find((one) => one.notificationId === notificationId);
    return (item?.answers ?? []).map(({ told }) => told.map(({ da }) => da).join(' '));
  };
  const statesOf = async (id: string): Promise<string[]> =>
    (await town.deps.db.feedback.findMany({ where: { referralId: id } })).map(({ state }) => state).toSorted();
  return { ...people, decided, giving, give, withheld, toldOf, statesOf };
};
