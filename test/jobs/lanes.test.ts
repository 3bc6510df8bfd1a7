import { expect, test } from 'vitest';
import { createLanes } from '#jobs/mail/lanes.ts';

const lanes = () => createLanes({ perAddress: 1, perDomain: 2 });

test('one address at a time, whatever its case; the longest waiting is next', () => {
  const { enter, leave } = lanes();
  expect(enter('a@x.test', '1')).toBe(true);
  expect(enter('A@X.test', '2')).toBe(false);
  expect(enter('a@x.test', '3')).toBe(false);
  expect(leave('a@x.test')).toEqual(['2']);
  expect(enter('a@x.test', '2')).toBe(true);
  expect(leave('a@x.test')).toEqual(['3']);
});

test('a domain takes no more than its share, and others pass it by', () => {
  const { enter, leave } = lanes();
  expect([enter('a@x.test', '1'), enter('b@x.test', '2'), enter('c@x.test', '3')]).toEqual([true, true, false]);
  expect(enter('a@y.test', '4')).toBe(true);
  expect(leave('a@y.test')).toEqual([]);
  expect(leave('b@x.test')).toEqual(['3']);
});

test('who is called and has nothing to be sent any more passes their turn on', () => {
  const { enter, leave, passOn } = lanes();
  enter('a@x.test', '1');
  enter('a@x.test', '2');
  enter('a@x.test', '3');
  expect(passOn()).toEqual([]);
  expect(leave('a@x.test')).toEqual(['2']);
  expect(passOn()).toEqual(['3']);
  expect(passOn()).toEqual([]);
});

test('who waits twice is called once, and nobody when nobody waits', () => {
  const { enter, leave } = lanes();
  enter('a@x.test', '1');
  enter('a@x.test', '2');
  enter('a@x.test', '2');
  expect(leave('a@x.test')).toEqual(['2']);
  enter('a@x.test', '2');
  expect(leave('a@x.test')).toEqual([]);
  expect(enter('a@x.test', '5')).toBe(true);
});
