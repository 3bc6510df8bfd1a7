import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type ActingNow, actsNow } from '#domain/acting.ts';
import { childFacts } from '#domain/child-facts.ts';
import { CHANNELS } from '#domain/codes.ts';
import { startClock } from '#domain/deadlines.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { notificationForm } from '#domain/notification-form.ts';
import { calendarOf, deliveredWorld } from '#domain/regulations.ts';
import { type RoutingInput, route } from '#domain/routing.ts';
import { instant, localDay, withOffset } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

type TrainingFile = {
  readonly about: { readonly da: string; readonly en: string };
  readonly at: string;
  readonly sender: string | null;
  readonly channel?: string;
  readonly known?: readonly (NonNullable<RoutingInput['known']> & {
    readonly cpr: string;
    readonly measure?: string;
  })[];
  readonly notification: unknown;
  readonly expect: readonly {
    readonly unit: string;
    readonly rule: number;
    readonly actsNow: Pick<ActingNow, 'unit' | 'as'>;
    readonly due: Readonly<Record<string, string>>;
  }[];
};

const folder = new URL('../../training/notifications/', import.meta.url);
const files = readdirSync(folder).map((name) => ({
  name,
  file: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as TrainingFile,
}));
const organisation = trainingOrganisation();
const calendar = calendarOf(organisation);

test.each(files)('$name reaches the unit its file says, at the instants its file says', ({ file }) => {
  const at = instant(file.at);
  const form = notificationForm({ training: true, on: localDay(at), organisation, codes: RULEBOOK.codes }).parse(
    file.notification,
  );
  const sender = file.sender === null ? undefined : organisation.people.get(file.sender);
  expect(sender !== undefined || CHANNELS.some((row) => row.code === file.channel)).toBe(true);
  const got = form.children.map((child) => {
    const known = file.known?.find((row) => row.cpr === child.cpr) ?? null;
    const facts = childFacts(child, at);
    const senderUnit = sender?.unit ?? null;
    const routed = route(
      { matter: 'notification', child: facts, senderUnit, need: form.need, known, at },
      organisation,
    );
    const acute = form.acute.marked;
    const clock = (kind: 'assess-24h' | 'receipt' | 'acknowledge' | 'reassess') =>
      startClock(kind, { start: at, receivedAt: at, acute }, RULEBOOK, calendar).dueAt;
    const assessBy = clock('assess-24h');
    const acting = actsNow(
      { responsible: routed.unit, acute, assessBy, assessed: false, at },
      deliveredWorld(organisation),
    );
    return {
      unit: routed.unit,
      rule: routed.rule,
      actsNow: { unit: acting.unit, as: acting.as },
      due: {
        'assess-24h': withOffset(assessBy),
        ...(form.notifier.basis === 'anonymous' ? {} : { receipt: withOffset(clock('receipt')) }),
        acknowledge: withOffset(clock('acknowledge')),
        ...(known?.measure ? { reassess: withOffset(clock('reassess')) } : {}),
      },
    };
  });
  expect(got).toEqual(file.expect);
});

test('no CPR stands in two files, and there are enough of them', () => {
  const numbers = files.flatMap(({ file }) => [...JSON.stringify(file.notification).matchAll(/"cpr":"(\d{10})"/g)]);
  const cprs = numbers.map((match) => match[1]);
  expect(new Set(cprs).size).toBe(cprs.length);
  expect(files.length).toBeGreaterThanOrEqual(14);
});
