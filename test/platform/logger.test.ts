import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { consoleLogger } from '#platform/console-logger.ts';
import type { LogFields } from '#platform/logger.ts';
import { createLogger } from '#platform/pino-logger.ts';

const logged = (
  write: (log: ReturnType<typeof createLogger>) => void,
): { text: string; line: Record<string, unknown> } => {
  let text = '';
  write(
    createLogger('api', {
      write: (chunk) => {
        text += chunk;
      },
    }),
  );
  return { text, line: JSON.parse(text) };
};

test('keeps ids, counts and codes, and drops every key that is not on the list', () => {
  const fields = { notificationId: '01a19b53-741b-70a7-be8f-f40a7467bf2d', count: 3, code: 'STALE', name: 'Ida Holm' };
  const { line, text } = logged((log) => log.info('notification.submitted', fields as LogFields));
  expect(line).toMatchObject({ event: 'notification.submitted', process: 'api', count: 3, code: 'STALE' });
  expect(text).not.toContain('Ida');
});

test.each(['010190-1234', '0101901234', 'Ida Holm', 'Bøgevej 3, 8000 Aarhus', 'x'.repeat(500)])(
  'drops a value under an allowed key that no id of ours looks like (%#)',
  (value) => {
    expect(logged((log) => log.info('a.happened', { requestId: value })).text).not.toContain(value);
  },
);

test('tells of an error its class, code and frames, never its words', () => {
  const error = Object.assign(new pg.DatabaseError('duplicate key (cpr)=(0101901234)\n    at Ida Holm', 1, 'error'), {
    code: '23505',
    detail: 'Key (cpr)=(0101901234) already exists.',
  });
  const { line, text } = logged((log) => log.error('act.failed', { act: 'submit-notification' }, error));
  expect(line).toMatchObject({ errorClass: 'DatabaseError', errorCode: '23505', act: 'submit-notification' });
  expect(text).toContain('logger.test.ts');
  expect(text).not.toMatch(/0101901234|Ida/);
  error.message = 'changed after it was thrown';
  expect(logged((log) => log.error('act.failed', {}, error)).text).not.toMatch(/0101901234|Ida/);
  expect(logged((log) => log.error('act.failed', {}, 'Ida Holm')).text).not.toContain('Ida');
});

test('on a console the lines hold the same', () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const fields = { requestId: '0101901234', name: 'Ida Holm', count: 3 } as LogFields;
  const error = new TypeError('Ida Holm');
  consoleLogger('api').error('act.failed', fields, error);
  const text = String(printed.mock.calls[0]?.[0]);
  printed.mockRestore();
  const { line } = logged((log) => log.error('act.failed', fields, error));
  for (const ofPino of ['level', 'time']) delete line[ofPino];
  expect(JSON.parse(text)).toEqual(line);
  expect(text).not.toMatch(/0101901234|Ida/);
});
