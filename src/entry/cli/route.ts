import { z } from 'zod';
import { childFacts } from '#domain/child-facts.ts';
import { CODES } from '#domain/default-codes.ts';
import { fieldErrors } from '#domain/field-errors.ts';
import { notificationForm } from '#domain/notification-form.ts';
import type { Organisation } from '#domain/organisation.ts';
import { type RouteAnswer, type RouteCase, routeCase } from '#domain/route-case.ts';
import { type Instant, localDay, withOffset } from '#domain/time.ts';
import { instantOf, languageOf, readArgs, refuseBeside, sayJson } from './args.ts';
import { answerCases } from './cases.ts';
import { type Command, Refusal, SUCCESS, UsageError } from './edge.ts';
import { INSTANT, readJson, readOrganisation, shaped } from './files.ts';
import { KNOWN_LIST, type KnownFacts, knownOf, readKnown } from './known.ts';

const OPTIONS = {
  notification: { type: 'string' },
  at: { type: 'string' },
  known: { type: 'string' },
  organisation: { type: 'string' },
  cases: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const text = z.string().nullable().exactOptional();
const CASE = z.object({
  at: INSTANT,
  matter: z.enum(['notification', 'inquiry']).exactOptional(),
  child: z.object({
    postalCode: text,
    age: z
      .union([z.number().int().min(0), z.literal('unborn')])
      .nullable()
      .exactOptional(),
    institution: text,
  }),
  sender: text,
  need: text,
  known: z.object({ unit: text, caseworker: text, disability: z.boolean().exactOptional() }).nullable().exactOptional(),
  elsewhere: z.boolean().exactOptional(),
  acute: z.boolean().exactOptional(),
}) satisfies z.ZodType<RouteCase>;

/** A training notification's file; anything else is taken for what the submit procedure takes. */
const TRAINING_FILE = z.object({
  notification: z.looseObject({}),
  sender: z.string().nullable().default(null),
  known: KNOWN_LIST.optional(),
});

/** A sender is a person, or a unit where nobody is named. */
const unitOfSender = (sender: string | null, organisation: Organisation): string | null => {
  if (sender === null || organisation.units.has(sender)) return sender;
  const person = organisation.people.get(sender);
  if (!person) throw new Refusal('The sender of the notification is neither a person nor a unit of the organisation');
  return person.unit;
};

const routeNotification = (
  file: string,
  at: Instant,
  organisation: Organisation,
  knownFile: KnownFacts | null,
): RouteAnswer[] => {
  const value = readJson(file);
  const bare = typeof value === 'object' && value !== null && !('notification' in value);
  const { notification, sender, known } = shaped(file, TRAINING_FILE, bare ? { notification: value } : value);
  const parsed = notificationForm({ training: true, on: localDay(at), organisation, codes: CODES }).safeParse(
    notification,
  );
  if (!parsed.success) {
    const [first] = fieldErrors(parsed.error);
    throw new Refusal(`${file}: ${first?.path ?? ''}: ${first?.en ?? 'is no notification'}`);
  }
  const facts = knownFile ?? known ?? [];
  const senderUnit = unitOfSender(sender, organisation);
  const { children, need, acute } = parsed.data;
  return children.map((child) =>
    routeCase(
      {
        at: withOffset(at),
        child: childFacts(child, at),
        sender: senderUnit,
        need,
        known: knownOf(child.cpr, facts),
        acute: acute.marked,
      },
      organisation,
    ),
  );
};

const WORDS = {
  da: {
    child: 'Barn',
    responsible: 'Ansvarlig',
    rule: 'regel',
    acts: 'Handler nu',
    owner: 'som ejer',
    'provisional owner': 'som foreløbig ejer',
    'assessment task': 'med opgaven at vurdere',
    yes: 'ja',
    no: 'nej',
  },
  en: {
    child: 'Child',
    responsible: 'Responsible',
    rule: 'rule',
    acts: 'Acts now',
    owner: 'as owner',
    'provisional owner': 'as provisional owner',
    'assessment task': 'with the assessment task',
    yes: 'yes',
    no: 'no',
  },
} as const;

const described = (answer: RouteAnswer, organisation: Organisation, language: 'da' | 'en'): string => {
  const words = WORDS[language];
  const named = (unit: string): string => `${organisation.units.get(unit)?.name ?? unit} (${unit})`;
  return [
    `${words.responsible}: ${named(answer.unit)}, ${words.rule} ${answer.rule}.`,
    `${words.acts}: ${named(answer.actsNow.unit)}, ${words[answer.actsNow.as]}.`,
    ...answer.trace.map(({ rule, matched, why }) => {
      return `  ${words.rule} ${rule}, ${matched ? words.yes : words.no}: ${why[language]}.`;
    }),
  ].join('\n');
};

/** `bindeled route`: whose a notification is and who acts now, with every rule that was tried. */
export const route: Command = async (args, edge) => {
  const { values } = readArgs(args, OPTIONS);
  if (values.cases !== undefined) refuseBeside('cases', values, ['notification', 'at', 'known']);
  else if (values.notification === undefined) throw new UsageError('--notification FILE is missing');
  const organisation = readOrganisation(values.organisation, edge.root);
  if (values.cases !== undefined) {
    const answers = answerCases(values.cases, CASE, (one) => {
      const { trace: _trace, ...got } = routeCase(one, organisation);
      return got;
    });
    sayJson(edge, answers);
    return SUCCESS;
  }
  const at = instantOf('at', values.at);
  const known = values.known === undefined ? null : readKnown(values.known, organisation, at);
  const answers = routeNotification(values.notification ?? '', at, organisation, known);
  if (values.json) {
    sayJson(edge, answers.length === 1 ? answers[0] : answers);
    return SUCCESS;
  }
  const language = languageOf(edge.env);
  const texts = answers.map((answer) => described(answer, organisation, language));
  const { child } = WORDS[language];
  edge.say(texts.map((one, index) => (texts.length === 1 ? one : `${child} ${index + 1}\n${one}`)).join('\n\n'));
  return SUCCESS;
};
