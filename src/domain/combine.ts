import type { Decision } from './referral.ts';

type Lists = Required<Omit<Decision, 'patch' | 'facts' | 'move'>>;

/** Every list that a decision may hold: one that is missing does not compile. */
const LISTS: Readonly<Record<keyof Lists, true>> = {
  start: true,
  timers: true,
  end: true,
  retime: true,
  pauses: true,
  measures: true,
  feedbacks: true,
  handovers: true,
  disputes: true,
  requests: true,
  letters: true,
  tasks: true,
  passed: true,
  mails: true,
};

/**
 * Two consequences of one act as one decision: the later state and move win, everything else adds up in order, and the
 * same mail goes to the same receiver once. An owner whom the later move has overtaken never was one, so the journal does
 * not say so either. At most one of them may start or end the same clock.
 */
export const combine = (first: Decision, second: Decision): Decision => {
  const lists: Partial<Record<keyof Lists, readonly unknown[]>> = {};
  for (const name of Object.keys(LISTS) as (keyof Lists)[]) {
    const all: readonly unknown[] = [...(first[name] ?? []), ...(second[name] ?? [])];
    const keys = name === 'mails' ? all.map((one) => JSON.stringify(one)) : null;
    const once = keys ? all.filter((_, index) => keys.indexOf(keys[index] ?? '') === index) : all;
    if (once.length > 0) lists[name] = once;
  }
  const move = second.move ?? first.move;
  const overtaken = first.move !== undefined && second.move !== undefined;
  return {
    ...(lists as Partial<Lists>),
    ...(move ? { move } : {}),
    patch: { ...first.patch, ...second.patch },
    facts: [...first.facts.filter(({ kind }) => !(overtaken && kind === 'owned')), ...second.facts],
  };
};
