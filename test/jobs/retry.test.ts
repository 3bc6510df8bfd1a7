import { UnrecoverableError } from 'bullmq';
import { expect, test } from 'vitest';
import { DomainError, ERROR_CODES } from '#domain/errors.ts';
import { forQueue, ON_REFUSAL } from '#jobs/retry.ts';

test.each(ERROR_CODES)('%s ends the attempts exactly when it is permanent', (code) => {
  const { error, final } = forQueue(new DomainError(code, { da: 'hemmelig', en: 'secret' }));
  expect(error.message).toBe(code);
  expect(error instanceof UnrecoverableError).toBe(ON_REFUSAL[code] === 'discard');
  expect(final).toBe(ON_REFUSAL[code] === 'discard');
});

test('anything else is tried again, and carries a code and nothing of its words', () => {
  const told = forQueue(new Error('duplicate key (name)=(Planted Name)'));
  expect(told.error).not.toBeInstanceOf(UnrecoverableError);
  expect(JSON.stringify([told.error.message, told.error.stack])).not.toContain('Planted');
  expect(told.code).toBe('INTERNAL');
  expect(forQueue('thrown text').code).toBe('INTERNAL');
});
