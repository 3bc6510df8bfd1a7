import { z } from 'zod';
import { explain } from '#domain/deadline-explanation.ts';
import { type Derivation, deadlinesOf, startClock } from '#domain/deadlines.ts';
import { RULEBOOK } from '#domain/default-rulebook.ts';
import { calendarOf } from '#domain/regulations.ts';
import type { RuledKind } from '#domain/rulebook.ts';
import { type Instant, instant, isBefore } from '#domain/time.ts';
import { instantOf, languageOf, readArgs, refuseBeside, sayJson } from './args.ts';
import { answerCases } from './cases.ts';
import { type Command, SUCCESS, UsageError } from './edge.ts';
import { INSTANT, readOrganisation } from './files.ts';

const OPTIONS = {
  received: { type: 'string' },
  decided: { type: 'string' },
  'measure-started': { type: 'string' },
  organisation: { type: 'string' },
  cases: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const CASE = z.object({
  received: INSTANT,
  decided: INSTANT.optional(),
  measureStarted: INSTANT.optional(),
});

type Happened = Parameters<typeof deadlinesOf>[0];

const startOf = (kind: string, { received, decided, measureStarted }: Happened): Instant => {
  if (kind === 'feedback') return decided ?? received;
  return kind === 'follow-up' ? (measureStarted ?? received) : received;
};

const VERSION_WORDS = {
  da: { law: 'Lovens version', policy: 'frist efter kommunens version' },
  en: { law: 'Version of the law', policy: "period by the municipality's version" },
} as const;

/** Which versions were asked; the source stands in the explanation. */
const versionLine = ({ lawName, law, policy }: Derivation, language: 'da' | 'en'): string => {
  const words = VERSION_WORDS[language];
  return `${words.law}: ${lawName} (${law})${policy ? `; ${words.policy} ${policy}` : ''}.`;
};

/** `bindeled deadlines`: when everything is due, and how each instant was counted. */
export const deadlines: Command = async (args, edge) => {
  const { values } = readArgs(args, OPTIONS);
  if (values.cases !== undefined) refuseBeside('cases', values, ['received', 'decided', 'measure-started']);
  const calendar = calendarOf(readOrganisation(values.organisation, edge.root));
  const optional = (text: string | undefined) => (text === undefined ? undefined : instant(text));
  if (values.cases !== undefined) {
    const answers = answerCases(values.cases, CASE, ({ received, decided, measureStarted }) => {
      const happened = { decided: optional(decided), measureStarted: optional(measureStarted) };
      return deadlinesOf({ received: instant(received), ...happened }, RULEBOOK, calendar);
    });
    sayJson(edge, answers);
    return SUCCESS;
  }
  const given = (name: 'decided' | 'measure-started') =>
    values[name] === undefined ? undefined : instantOf(name, values[name]);
  const received = instantOf('received', values.received);
  const happened = { received, decided: given('decided'), measureStarted: given('measure-started') };
  if (happened.decided && isBefore(happened.decided, received)) throw new UsageError('--decided is before --received');
  const due = deadlinesOf(happened, RULEBOOK, calendar);
  if (values.json) {
    sayJson(edge, due);
    return SUCCESS;
  }
  const language = languageOf(edge.env);
  const kinds = Object.keys(due).filter((kind): kind is RuledKind => !kind.endsWith('.secondary'));
  const derivations = kinds.map((kind) => {
    const from = { start: startOf(kind, happened), receivedAt: received, acute: false };
    const { derivation } = startClock(kind, from, RULEBOOK, calendar);
    return [...explain(derivation)[language], versionLine(derivation, language)].join('\n  ');
  });
  edge.say(derivations.join('\n\n'));
  return SUCCESS;
};
