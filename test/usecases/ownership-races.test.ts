import { afterAll, beforeAll, expect, test } from 'vitest';
import { DomainError } from '#domain/errors.ts';
import { iso } from '#domain/time.ts';
import { fromDate } from '#store/db.ts';
import { actorsOf } from '#test/support/disputes.ts';
import { makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { referralState } from '#test/support/referral-state.ts';
import { times } from '#test/support/size.ts';
import { acceptHandover } from '#usecases/accept-handover.ts';
import { actOnClock } from '#usecases/act-on-clock.ts';
import { decideDispute } from '#usecases/decide-dispute.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { verifyJournal } from '#usecases/verify-journal.ts';

const [NORREBRO, VALBY, BUF] = ['bbu-norrebro', 'bbu-valby', 'buf-modtagelse'];
const RACES = times(20, 100);
const rounds = Array.from({ length: RACES }, (_, n) => n);

let town: TestMunicipality;
let people: ReturnType<typeof actorsOf>;
beforeAll(async () => {
  town = await makeMunicipality('2026-11-05T10:00:00+01:00');
  people = actorsOf(town);
});
afterAll(async () => {
  expect(await verifyJournal(town.systemCtx('2027-06-01T00:00:00Z'))).toMatchObject({ intact: true });
  await town.stop();
});

/** Both at once; answers the codes of those who were refused. */
const raced = async (n: number, first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<string[]> => {
  const [a, b] = n % 2 === 0 ? [first(), second()] : [second(), first()];
  const outcomes = await Promise.allSettled([a, b]);
  return outcomes.flatMap((one) => {
    if (one.status === 'fulfilled') return [];
    if (one.reason instanceof DomainError) return [one.reason.code];
    throw one.reason;
  });
};
const factsOf = (referralId: string, kind: string) => town.deps.db.caseEvent.count({ where: { referralId, kind } });
const runningOf = (referralId: string) =>
  town.deps.db.deadline.count({ where: { referralId, kind: { startsWith: 'ladder.' }, state: 'running' } });

test(`a hand-over accepted and declined at once, ${RACES} times: answered once, one owner`, async () => {
  for (const n of rounds) {
    const id = await people.taken(false);
    await people.offer(`caseworker-${NORREBRO}`, id, VALBY);
    const [one, other] = [await people.by(`caseworker-${VALBY}`), await people.by(`intake-${VALBY}`)];
    const refused = await raced(
      n,
      () => acceptHandover(one, { id }),
      () => declineHandover(other, { id, instead: NORREBRO, basis: '§ 9', reason: 'Bor ikke her' }),
    );
    const handover = await town.deps.db.handover.findFirstOrThrow({ where: { referralId: id } });
    const dispute = await town.deps.db.dispute.findFirst({ where: { referralId: id } });
    const declined = await factsOf(id, 'handover-declined');
    // Accepting is what settles the dispute that a refusal has made, so it is never too late for it.
    expect({ refused, state: handover.state, dispute: dispute?.state ?? null }).toEqual(
      declined === 0
        ? { refused: ['ILLEGAL_TRANSITION'], state: 'accepted', dispute: null }
        : { refused: [], state: 'accepted', dispute: 'settled' },
    );
    expect(await referralState(town.deps.db, id)).toMatchObject({ owner: VALBY, responsible: VALBY });
    expect(await factsOf(id, 'handover-accepted')).toBe(1);
    expect(await runningOf(id)).toBe(0);
  }
});

test(`a dispute decided by two at once, ${RACES} times: the first stands, the other is told`, async () => {
  for (const n of rounds) {
    const id = await people.disputedBetweenDepartments();
    const sof = await people.by('buf-sof-coordinator-sof-stab');
    const buf = await people.by('buf-sof-coordinator-buf-fagligt-center');
    const why = { basis: '§ 9', reason: 'Kort' };
    const refused = await raced(
      n,
      () => decideDispute(sof, { id, owner: NORREBRO, ...why }),
      () => decideDispute(buf, { id, owner: BUF, ...why }),
    );
    expect(refused).toEqual(['ILLEGAL_TRANSITION']);
    const settled = await town.deps.db.caseEvent.findFirstOrThrow({
      where: { referralId: id, kind: 'dispute-settled' },
    });
    const { owner } = settled.data as { owner: string };
    expect(await factsOf(id, 'dispute-settled')).toBe(1);
    expect(await referralState(town.deps.db, id)).toMatchObject({ owner, responsible: owner });
    expect(await runningOf(id)).toBe(0);
  }
});

test(`a step that ends while somebody decides, ${RACES} times: settled, and no step is left running`, async () => {
  for (const n of rounds) {
    const id = await people.disputed(true);
    const { stepEndsAt } = await town.deps.db.dispute.findFirstOrThrow({ where: { referralId: id } });
    const clock = await town.deps.db.deadline.findFirstOrThrow({ where: { referralId: id, kind: 'ladder.2' } });
    const at = fromDate(stepEndsAt);
    const due = { deadlineId: clock.id, referralId: id, kind: clock.kind, dueAt: iso(at) };
    const decider = town.ctxFor('buf-sof-coordinator-sof-stab', at);
    const refused = await raced(
      n,
      () => actOnClock(town.systemCtx(at), due),
      () => decideDispute(decider, { id, owner: VALBY, basis: '§ 9', reason: 'Kort' }),
    );
    expect(refused).toEqual([]);
    const dispute = await town.deps.db.dispute.findFirstOrThrow({ where: { referralId: id } });
    expect(dispute).toMatchObject({ state: 'settled', step: 2 + (await factsOf(id, 'step-begun')) });
    expect(await runningOf(id)).toBe(0);
  }
});
