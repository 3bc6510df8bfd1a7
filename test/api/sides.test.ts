import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Target, TRIALS } from '#test/support/access-trials.ts';
import { type Answer, good, openApi, procedures, sendForm, type TestApi } from '#test/support/api.ts';
import { makeForm } from '#test/support/municipality.ts';
import { found } from '#test/support/needles.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

/**
 * A hand-over between two units, refused, so that a dispute stands between them: what each side of it sees of the case, and
 * that to everybody else every answer is the same, byte by byte, as before there was one. All over HTTP, at one instant.
 */
const AT = '2026-11-03T10:00:00+01:00';
const [PROPOSER, RECEIVER] = ['bbu-norrebro', 'bbu-bispebjerg'];
const SENDER = 'school-social-worker-skole-norrebro';
const NOBODYS = '01a00000-0000-7000-8000-000000000001';

/** What is planted in the case, and what is said between the units. */
const CASE = {
  name: 'Signe Plantet',
  cpr: '0444144471',
  street: 'Plantevej 17',
  narrative: 'plantet fortælling',
  notifier: 'Mor Plantet',
  evidence: 'plantet vurdering',
} as const;
const MATTER = { proposal: 'plantet overdragelse', refusal: 'plantet afvisning' } as const;
const WORDS = [...Object.values(CASE), ...Object.values(MATTER)];

/** Everything that can be asked, with the case as what it is asked about. */
const queries = Object.keys(TRIALS).filter((name) => procedures.get(name.split(' ')[0] ?? '')?._def.type === 'query');

let api: TestApi;
let target: Target;
/** Person → what each query answered, before the hand-over, while it waited, and in dispute. */
const seen = new Map<string, Map<string, Answer>[]>();

const asked = async (personId: string): Promise<Map<string, Answer>> => {
  const answers = new Map<string, Answer>();
  for (const name of queries) {
    const input = TRIALS[name]?.input?.(target);
    answers.set(name, await api.as(personId).call(name.split(' ')[0] ?? '', input));
  }
  return answers;
};

/** Whoever stands in some relation to it, and whoever does not. */
const SIDES: Readonly<Record<string, readonly string[]>> = {
  proposer: [`caseworker-${PROPOSER}`, `intake-${PROPOSER}`, `team-leader-${PROPOSER}`],
  receiver: [`caseworker-${RECEIVER}`, `intake-${RECEIVER}`, `team-leader-${RECEIVER}`],
  decider: ['buf-sof-coordinator-sof-stab'],
  coordinator: ['buf-sof-coordinator-buf-fagligt-center'],
  director: ['director-sof-stab'],
};
/** They lead both units and open the case as leaders of its owner. */
const LEADERS = ['area-manager-bbu', 'centre-director-bbu'];
const inside = new Set([
  ...Object.values(SIDES).flat(),
  ...LEADERS,
  `professional-coordinator-${PROPOSER}`,
  `professional-coordinator-${RECEIVER}`,
]);
const outside = [...trainingOrganisation().people.values()]
  .map(({ id }) => id)
  .filter((id) => !inside.has(id))
  // One person of each role in each kind of unit says what the others would.
  .filter((id) => !/(vesterbro|bhv|amager|city|islands-brygge|vanlose|osterbro)/.test(id) || /bbu-bhv$/.test(id));

const lookAll = async (who: readonly string[]): Promise<void> => {
  for (let n = 0; n < who.length; n += 8)
    await Promise.all(
      who.slice(n, n + 8).map(async (id) => {
        seen.set(id, [...(seen.get(id) ?? []), await asked(id)]);
      }),
    );
};

beforeAll(async () => {
  api = await openApi(AT);
  const address = { street: CASE.street, postalCode: '2200' };
  const form = makeForm({
    children: [{ name: CASE.name, cpr: CASE.cpr, address }],
    notifier: { basis: 'professional', notifierCode: 2, name: CASE.notifier },
    concern: { narrative: CASE.narrative },
  });
  const { referralId, notificationId, referrals } = await sendForm(api.as(SENDER), form);
  const caseNumber = referrals[0]?.caseNumber ?? '';
  target = {
    referralId,
    caseNumber,
    notificationId,
    draftId: NOBODYS,
    letterId: NOBODYS,
    taskId: NOBODYS,
    changeId: NOBODYS,
    endedId: NOBODYS,
    requestId: NOBODYS,
    matrixChangeId: NOBODYS,
    unitChangeId: NOBODYS,
    personChangeId: NOBODYS,
    auditId: NOBODYS,
    destructionId: NOBODYS,
    disputeId: NOBODYS,
  };
  const act = async (personId: string, procedure: string, more: Record<string, unknown>) => {
    const { stateVersion } = await api.db.referral.findUniqueOrThrow({ where: { id: referralId } });
    good(await api.as(personId).call(procedure, { id: referralId, stateVersion, ...more }));
  };
  const known = { unit: null, disability: false, elsewhere: false };
  await act(`intake-${PROPOSER}`, 'referrals.acknowledge', { known, need: null });
  const assessed = { acute: false, evidence: 'phone-call', occurredAt: AT, reason: CASE.evidence };
  await act(`intake-${PROPOSER}`, 'work.assess', assessed);
  await lookAll(outside);
  await act(`caseworker-${PROPOSER}`, 'handovers.propose', { to: RECEIVER, reason: MATTER.proposal });
  await lookAll(outside);
  const refused = { instead: PROPOSER, basis: '§ 9', reason: MATTER.refusal };
  await act(`caseworker-${RECEIVER}`, 'handovers.decline', refused);
  await lookAll([...outside, ...inside]);
}, 180_000);
afterAll(() => api?.world.drop());

/** Which of the planted words stand in anything that the person was answered last. */
const wordsOf = (personId: string): string[] => {
  const all = [...(seen.get(personId)?.at(-1)?.values() ?? [])].map(({ text }) => text).join('\n');
  return found(Buffer.from(all), WORDS);
};
const telling = (personId: string, word: string): string[] =>
  [...(seen.get(personId)?.at(-1) ?? [])].filter(([, { text }]) => text.includes(word)).map(([name]) => name);

describe('what a side sees', () => {
  test.each(SIDES.proposer ?? [])('the proposer, who has it: all of it (%s)', (personId) => {
    expect(wordsOf(personId).sort()).toEqual([...WORDS].sort());
  });

  test.each([
    ...(SIDES.receiver ?? []),
    ...(SIDES.decider ?? []),
    ...(SIDES.coordinator ?? []),
    ...(SIDES.director ?? []),
  ])('everybody else: what the units say to each other, nothing of the case (%s)', (personId) => {
    expect(wordsOf(personId).sort()).toEqual(Object.values(MATTER).sort());
    expect(telling(personId, MATTER.refusal)).toEqual(['disputes.get']);
  });

  test.each([...(SIDES.receiver ?? []), 'buf-sof-coordinator-sof-stab', 'director-sof-stab'])(
    'neither the child nor the clocks of the case stand on its page (%s)',
    (personId) => {
      const answer = seen.get(personId)?.at(-1)?.get('disputes.get');
      const page = good<{ readsCase: boolean; owner: { next: { kind: string } | null } }>(answer ?? expect.fail());
      expect(page.readsCase).toBe(false);
      expect(page.owner.next?.kind ?? 'none').toMatch(/^(none|acknowledge|handover|ladder\.\d)$/);
      expect(answer?.text).not.toMatch(/"(childId|notificationId|childAge|need)":/);
    },
  );

  test('who may do what in it: sides speak, the coordinator proposes, only a holder of the step decides', async () => {
    const may = async (personId: string) =>
      good<{ acts: string[] }>(await api.as(personId).call('disputes.get', { id: target.referralId })).acts;
    expect(await may(`caseworker-${PROPOSER}`)).toEqual([
      'withdraw-handover',
      'claim',
      'propose-settlement',
      'climb-early',
    ]);
    expect(await may(`caseworker-${RECEIVER}`)).toEqual([
      'accept-handover',
      'claim',
      'propose-settlement',
      'climb-early',
    ]);
    expect(await may('buf-sof-coordinator-sof-stab')).toEqual(['propose-settlement']);
    expect(await may('buf-sof-coordinator-buf-fagligt-center')).toEqual(['propose-settlement']);
    expect(await may('director-sof-stab')).toEqual([]);
  });
});

describe('nobody outside learns that there is one', () => {
  /** Numbers of all mails, and of all lines of the journal, rise with any; of what kind, and about what, is not told. */
  const countsAll = (name: string): boolean => name.startsWith('messages.') || name === 'audits.verify';

  test.each(outside)('%s is answered the same before, meanwhile and in dispute', (personId) => {
    const [before, meanwhile, disputed] = seen.get(personId) ?? [];
    for (const name of queries.filter((one) => !countsAll(one))) {
      const answer = before?.get(name) ?? expect.fail();
      for (const later of [meanwhile?.get(name), disputed?.get(name)])
        expect([name, later?.status, later?.text]).toEqual([name, answer.status, answer.text]);
    }
  });

  test.each(outside.filter((id) => id !== SENDER && !id.endsWith('skole-norrebro')))(
    '%s does not even learn of the case',
    (personId) => {
      expect(telling(personId, target.referralId)).toEqual([]);
      expect(telling(personId, target.caseNumber)).toEqual([]);
    },
  );

  test('the administrator’s list of mails names neither dispute nor case', () => {
    const list = seen.get('administrator-sof-stab')?.at(-1)?.get('messages.list')?.text ?? '';
    expect(list).toContain('Besked om ansvaret for en sag');
    expect(list).not.toMatch(/uenighed|dispute|overdragelse|hand-over/i);
    expect(list).not.toContain(target.caseNumber);
  });

  test('an act on it is refused to them like one on a case that is not there', async () => {
    const acts = Object.keys(TRIALS).filter((name) => /^(disputes|handovers)\./.test(name) && !queries.includes(name));
    expect(acts.length).toBeGreaterThan(8);
    for (const personId of [
      `caseworker-bbu-bhv`,
      `team-leader-bbu-bhv`,
      SENDER,
      'administrator-sof-stab',
      'area-manager-buf-omrade-bhv',
    ])
      for (const name of acts) {
        const on = (referralId: string) =>
          api.as(personId).call(name, TRIALS[name]?.input?.({ ...target, referralId }));
        const [real, none] = [await on(target.referralId), await on(NOBODYS)];
        expect([name, personId, real.status, real.text]).toEqual([name, personId, none.status, none.text]);
        expect(real.status).toBe(404);
      }
  });

  test('mail of it goes to the sides and those who may decide, and to nobody else', async () => {
    const about = ['handover-proposed', 'handover-answered', 'dispute-raised'];
    const rows = await api.db.outboundMessage.findMany({ where: { template: { in: about } } });
    const told = [...new Set(rows.map(({ toPersonId, toUnitId }) => toPersonId ?? toUnitId ?? 'notifier'))];
    expect(told.length).toBeGreaterThan(2);
    expect(told.filter((to) => !inside.has(to) && to !== PROPOSER && to !== RECEIVER)).toEqual([]);
  });
});
