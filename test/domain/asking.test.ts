import { expect, test } from 'vitest';
import { alarmMails } from '#domain/alarm-mails.ts';
import { answerRequest, askForMore, requestWords, withdrawRequest } from '#domain/asking.ts';
import { close } from '#domain/case-ending.ts';
import { startClock } from '#domain/deadlines.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { QUESTION_CODES, type Question } from '#domain/questions.ts';
import type { RequestForMore } from '#domain/request-record.ts';
import { templateAt } from '#domain/rulebook.ts';
import { instant, withOffset } from '#domain/time.ts';
import { assessedReferral, ended, RECEIVED, refusal, runningClock, world } from '#test/support/referral.ts';

const NOW = instant('2026-11-03T10:00:00+01:00');
const contact = { department: { da: 'Socialforvaltningen', en: 'Social Services' }, phone: '+45 00 00 90 00' };
const facts = { contact, template: templateAt(RULEBOOK, NOW) };
const referral = assessedReferral();
const words = (questions: readonly Question[]) => requestWords(questions, contact, facts.template);
const ask = (over: Partial<Parameters<typeof askForMore>[1]> = {}, on = referral) => {
  const questions = over.questions ?? (['ask-tried'] as const);
  const asking = { requestId: 'q', questions, previewed: words(questions), ...over };
  return askForMore(on, asking, facts, { world, by: 'a', now: NOW });
};
const request: RequestForMore = {
  id: 'q',
  referralId: 'r',
  questions: ['ask-tried'],
  template: 'feedback-1',
  state: 'open',
  askedBy: 'a',
  askedAt: NOW,
};

test('asked: a clock of its own, word for word as previewed, and a notice that says nothing', () => {
  const { start = [], mails, requests } = ask();
  expect(start.map(({ kind, subjectId, dueAt }) => [kind, subjectId, withOffset(dueAt)])).toEqual([
    ['request-for-more', 'q', '2026-11-10T23:59:59+01:00'],
  ]);
  expect(mails).toEqual([{ template: 'request', to: { person: 'notifier-skole-norrebro' }, exempt: false }]);
  expect(requests).toMatchObject([{ change: 'insert', told: words(['ask-tried']) }]);
  expect(words(['ask-tried']).map(({ da }) => da)).toEqual([
    'Vi vil gerne vide mere om det, du har underrettet om.',
    'Skriv gerne, hvad I har forsøgt, og hvad det førte til.',
    'Har du spørgsmål, kan du ringe til Socialforvaltningen på +45 00 00 90 00.',
  ]);
});

test('an acute matter is asked with hours', () => {
  const [clock] = ask({}, { ...referral, acute: true }).start ?? [];
  expect(clock && withOffset(clock.dueAt)).toBe('2026-11-03T14:00:00+01:00');
});

test('one at a time, with something to ask, of somebody who can answer, as previewed', () => {
  const asked = { ...referral, clocks: [runningClock('request-for-more', NOW, { subjectId: 'q' })] };
  expect(refusal(() => ask({}, asked))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => ask({ questions: [] }))).toBe('INVALID questions:required');
  expect(refusal(() => ask({}, { ...referral, senderPersonId: null }))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => ask({ previewed: words(['ask-words']) }))).toBe('STALE');
  expect(refusal(() => ask({}, { ...referral, status: 'closed' }))).toBe('ILLEGAL_TRANSITION');
});

test('the order in which things were ticked tells nothing', () => {
  expect(words(QUESTION_CODES.toReversed())).toEqual(words([...QUESTION_CODES, 'ask-tried']));
});

test('answered it is met, withdrawn it lapses, each once', () => {
  expect(ended(answerRequest(referral, request, 'x'))).toEqual(['request-for-more:q met']);
  expect(ended(withdrawRequest(referral, request, 'Ringet'))).toEqual(['request-for-more:q lapsed']);
  for (const state of ['answered', 'withdrawn'] as const) {
    expect(refusal(() => answerRequest(referral, { ...request, state }, 'x'))).toBe('ILLEGAL_TRANSITION');
    expect(refusal(() => withdrawRequest(referral, { ...request, state }, 'x'))).toBe('ILLEGAL_TRANSITION');
  }
  expect(refusal(() => answerRequest({ ...referral, id: 'r2' }, request, 'x'))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => withdrawRequest(referral, request, ' '))).toBe('INVALID reason:required');
});

test('whoever has the case hears that it was answered; before that nothing is closed', () => {
  expect(answerRequest(referral, request, 'x').mails).toEqual([
    { template: 'addition', to: { person: 'caseworker-bbu-norrebro' }, exempt: false },
  ]);
  const clocks = [runningClock('request-for-more', NOW, { subjectId: 'q' })];
  const open = { runningMeasures: 0, openHandovers: 0, openDisputes: 0 };
  const decided = assessedReferral({ status: 'decided', decision: 'nothing', clocks });
  expect(refusal(() => close(decided, 'x', open, NOW))).toBe('ILLEGAL_TRANSITION');
  expect(refusal(() => close({ ...decided, clocks: [] }, 'x', open, NOW))).toBe('allowed');
});

test.each([
  ['half', ['person notifier-skole-norrebro']],
  ['last-day', ['person notifier-skole-norrebro']],
  ['end', ['person caseworker-bbu-norrebro', 'person team-leader-bbu-norrebro', 'person area-manager-bbu']],
])('at %s it reminds %s', (stage, told) => {
  const clock = startClock(
    'request-for-more',
    { start: NOW, receivedAt: RECEIVED, acute: false },
    RULEBOOK,
    world.calendar,
  );
  const mails = alarmMails(
    {
      id: 'd',
      kind: clock.kind,
      stage,
      acute: false,
      derivation: clock.derivation,
      ownerUnit: 'bbu-norrebro',
      assessmentUnit: null,
      receiverUnit: null,
      handlerId: 'caseworker-bbu-norrebro',
      senderPersonId: 'notifier-skole-norrebro',
    },
    world,
    clock.dueAt,
  );
  expect(mails.map(({ to }) => ('person' in to ? `person ${to.person}` : 'somebody else'))).toEqual(told);
});
