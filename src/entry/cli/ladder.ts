import { z } from 'zod';
import { ladderCase, ladderOf, ladderSteps } from '#domain/ladder.ts';
import { deliveredWorld } from '#domain/regulations.ts';
import { type Instant, instant, local } from '#domain/time.ts';
import { instantOf, languageOf, readArgs, refuseBeside, sayJson } from './args.ts';
import { answerCases } from './cases.ts';
import { type Command, SUCCESS } from './edge.ts';
import { INSTANT, readOrganisation } from './files.ts';

const OPTIONS = {
  raised: { type: 'string' },
  acute: { type: 'boolean' },
  organisation: { type: 'string' },
  cases: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const CASE = z.object({ raised: INSTANT, acute: z.boolean().default(false) });

const WORDS = {
  da: { step: 'Trin', begins: 'Begynder', reminders: 'Påmindes', ends: 'Slutter', after: 'Derefter påmindes' },
  en: { step: 'Step', begins: 'Begins', reminders: 'Reminders', ends: 'Ends', after: 'Then reminders' },
} as const;
const WEEKDAYS = { da: 'man tir ons tor fre lør søn', en: 'Mon Tue Wed Thu Fri Sat Sun' } as const;

/** `Mon 2026-11-02 10:00:00`, local, all of one width. */
const written = (at: Instant, language: 'da' | 'en'): string => {
  const there = local(at);
  const day = WEEKDAYS[language].split(' ')[there.dayOfWeek - 1];
  return `${day} ${there.toPlainDate()} ${there.toPlainTime().toString({ smallestUnit: 'second' })}`;
};

/** Columns as wide as their widest cell. */
const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
};

/** `bindeled ladder`: the steps of a dispute or escalation as they run if nobody acts. */
export const ladder: Command = async (args, edge) => {
  const { values } = readArgs(args, OPTIONS);
  if (values.cases !== undefined) refuseBeside('cases', values, ['raised', 'acute']);
  const world = deliveredWorld(readOrganisation(values.organisation, edge.root));
  if (values.cases !== undefined) {
    const answers = answerCases(values.cases, CASE, ({ raised, acute }) =>
      ladderCase(ladderOf(instant(raised), acute, world)),
    );
    sayJson(edge, answers);
    return SUCCESS;
  }
  const acute = values.acute ?? false;
  const found = ladderOf(instantOf('raised', values.raised), acute, world);
  if (values.json) {
    sayJson(edge, ladderCase(found));
    return SUCCESS;
  }
  const language = languageOf(edge.env);
  const words = WORDS[language];
  const names = new Map(ladderSteps(world.organisation, acute).map(({ step, name }) => [step, name]));
  const rows = found.steps.flatMap(({ step, startsAt, alarmsAt, endsAt }) => {
    const alarms = alarmsAt.map((at) => written(at, language));
    const [first = '', ...more] = alarms;
    const title = `${step} ${names.get(step) ?? ''}`.trim();
    return [
      [title, written(startsAt, language), first, written(endsAt, language)],
      ...more.map((alarm) => ['', '', alarm, '']),
    ];
  });
  edge.say(table([[words.step, words.begins, words.reminders, words.ends], ...rows]));
  edge.say(`${words.after}: ${found.thenAt.map((at) => written(at, language)).join(', ')}`);
  return SUCCESS;
};
