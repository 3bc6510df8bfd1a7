import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACUTE, makeForm, makeMunicipality, type TestMunicipality } from '#test/support/municipality.ts';
import { changePriority } from '#usecases/change-priority.ts';
import { readCase } from '#usecases/read-case.ts';
import { readWorklist } from '#usecases/read-worklist.ts';

const LEADER = 'team-leader-bbu-norrebro';
const at = (time: string, day = '02'): string => `2026-11-${day}T${time}+01:00`;

let town: TestMunicipality;
beforeEach(async () => {
  town = await makeMunicipality(at('09:00:00'));
});
afterEach(() => town.stop());

const as = async (personId: string) => town.ctxFor(personId, await town.deps.clock.now());
const send = async (form: Record<string, unknown> = {}): Promise<string> =>
  (await town.submit('school-social-worker-skole-norrebro', makeForm(form))).referrals[0]?.id ?? '';

/** Is there a number to call at that time, on the page and in the list? */
const calls = async (person: string, id: string, when: string): Promise<boolean> => {
  await town.moveTo(when);
  const page = await readCase(await as(person), id);
  const line = (await readWorklist(await as(person), { tab: 'all' })).items.find((item) => item.id === id);
  expect(line?.call).toEqual(page.call);
  return page.call.length > 0;
};

test('made acute an hour after it came: the quarter of an hour begins then', async () => {
  const id = await send();
  await town.moveTo(at('10:00:00'));
  await changePriority(await as(LEADER), { id, acute: true, reason: 'Værre end ventet' });
  expect(await calls(LEADER, id, at('10:00:30'))).toBe(false);
  expect(await calls(LEADER, id, at('10:14:59'))).toBe(false);
  expect(await calls(LEADER, id, at('10:15:00'))).toBe(true);
});

test('back from the duty unit at opening: the unit has its quarter of an hour', async () => {
  await town.moveTo(at('20:00:00'));
  const id = await send(ACUTE);
  expect(await calls('duty-officer-dognvagten', id, at('20:15:00'))).toBe(true);
  expect(await calls(LEADER, id, at('08:14:00', '03'))).toBe(false);
  expect(await calls(LEADER, id, at('08:15:00', '03'))).toBe(true);
});
