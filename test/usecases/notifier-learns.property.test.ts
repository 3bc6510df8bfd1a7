import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logIn, SESSION_COOKIE } from '#api/context.ts';
import { createApp } from '#app';
import { instant, iso } from '#domain/time.ts';
import { createLiveHub, type LiveHub } from '#platform/live.ts';
import { createLogger } from '#platform/pino-logger.ts';
import { type Target, TRIALS } from '#test/support/access-trials.ts';
import { procedures } from '#test/support/api.ts';
import { doorTo } from '#test/support/door.ts';
import { makeForm, makeMunicipality, nextCpr, type TestMunicipality } from '#test/support/municipality.ts';
import { found, foundInMail } from '#test/support/needles.ts';
import { ACTS, perform, type Step } from '#test/support/notifier-acts.ts';
import { makeModel, TELLING } from '#test/support/notifier-model.ts';
import { readPdf } from '#test/support/pdf.ts';
import { times } from '#test/support/size.ts';
import { registerNotification } from '#usecases/register-notification.ts';

/*
 * Whatever a municipality does with a notification, its notifier learns what `notifier-model.ts` admits and nothing else:
 * in any mail (as bytes), any answer of any procedure, the proof as a PDF, the live stream, by their link at the door, or
 * in a line of the log.
 */
const STORIES = times(5, 120);
const STAFF = 'school-social-worker-skole-norrebro';
const OTHER = 'notifier-skole-valby';

const logged: string[] = [];
const sink = { write: (line: string) => void logged.push(line) };
let town: TestMunicipality;
let live: LiveHub;
let app: ReturnType<typeof createApp>;
let door: ReturnType<typeof doorTo>;
beforeAll(async () => {
  town = await makeMunicipality('2026-11-03T10:05:00+01:00', { log: createLogger('story', sink) });
  live = createLiveHub(town.databaseUrl, town.deps.log);
  app = createApp({ depsFor: () => town.deps, live });
  door = doorTo(town);
});
afterAll(async () => {
  await live.close();
  await town.stop();
});

const KINDS = ['staff', 'doctor', 'municipality', 'citizen', 'child', 'anonymous', 'phone'] as const;
type Kind = (typeof KINDS)[number];
type Story = {
  kind: Kind;
  siblings: boolean;
  violence: boolean;
  protectedAddress: boolean;
  rival: boolean;
  steps: Step[];
};

const BEGINNINGS = [['take', 'assess', 'check', 'decide'], ['take', 'assess', 'decide', 'give'], ['take']] as const;
const step = (act: Step['act']) => fc.record({ act: fc.constant(act), child: fc.nat(1), pick: fc.nat(11) });
const story: fc.Arbitrary<Story> = fc
  .record({
    kind: fc.constantFrom(...KINDS, 'staff' as const, 'doctor' as const),
    siblings: fc.boolean(),
    violence: fc.boolean(),
    protectedAddress: fc.boolean(),
    rival: fc.boolean(),
    begins: fc.constantFrom(...BEGINNINGS).chain((acts) => fc.tuple(...acts.map(step))),
    goes: fc.array(fc.constantFrom(...ACTS, 'give' as const, 'withhold' as const, 'settle' as const).chain(step), {
      minLength: 6,
      maxLength: 14,
    }),
  })
  .map(({ begins, goes, ...rest }) => ({ ...rest, steps: [...begins, ...goes] }));

let stories = 0;
/** What each kind is answered before anything was done: where nothing differs, nothing was learned. */
const unrelated = new Map<Kind, ReadonlyMap<string, string>>();
let words = 0;
const NOTIFIERS = {
  doctor: { basis: 'professional', notifierCode: 4 },
  municipality: { basis: 'municipality', notifierCode: 1 },
  citizen: { basis: 'citizen', notifierCode: 13 },
  child: { basis: 'citizen', notifierCode: 12 },
  anonymous: { basis: 'anonymous', notifierCode: 8 },
  phone: { basis: 'professional', notifierCode: 4 },
  staff: { basis: 'professional', notifierCode: 2 },
} as const;

/** Sends it the way of its kind. Answers where its notifier is mailed, and what they were answered. */
const send = async (kind: Kind, notification: Record<string, unknown>, email: string) => {
  const now = await town.deps.clock.now();
  if (kind === 'staff') {
    await town.submit(STAFF, notification);
    return { email: `${STAFF}@bindeled.example`, text: '' };
  }
  if (kind === 'phone') {
    const arrived = { channel: 'phone', receivedAt: now, callNote: 'Ringede', notification };
    await registerNotification(town.ctxFor('intake-central-intake', now), arrived);
    return { email, text: '' };
  }
  if (kind === 'anonymous') return { email: null, ...(await door.call('door.submitAnonymously', { notification })) };
  const mailed = kind === 'doctor' || kind === 'municipality' || kind === 'citizen';
  const confirmation = mailed ? await door.confirm(email) : null;
  return { email: mailed ? email : null, ...(await door.call('door.submit', { notification, confirmation })) };
};

type Item = { readonly notificationId?: string };
type Heard = { readonly where: string; readonly text: string };

/** Sessions, drafts and what everybody reads are no part of a case; they are looked at for planted words only. */
const OF_THE_LOGIN = /^(session|drafts|organisation)\.|^door\.choices$/;
/** Ends or hides what comes after. */
const NOT_CALLED: ReadonlySet<string> = new Set(['session.logout', 'session.end', 'session.endAll']);

/** Every procedure of the router, called as the notifier may. */
const everything = async (target: Target, cookie: string | null): Promise<Heard[]> => {
  const heard: Heard[] = [];
  for (const [name, { input }] of Object.entries(TRIALS)) {
    if (NOT_CALLED.has(name)) continue;
    const procedure = name.split(' ')[0] ?? '';
    const headers = new Headers({ 'content-type': 'application/json' });
    if (procedures.get(procedure)?._def.type === 'mutation') headers.set('idempotency-key', crypto.randomUUID());
    if (cookie) headers.set('cookie', cookie);
    const asked = input?.(target);
    const body = asked === undefined ? null : JSON.stringify(asked);
    const text = await (await app.request(`/trpc/${procedure}`, { method: 'POST', headers, body })).text();
    const data = (JSON.parse(text) as { result?: { data?: { pdf?: string; items?: Item[] } } }).result?.data ?? {};
    // Of lists what is about this notification: what else its sender has sent has a story of its own.
    const items = data.items?.filter(({ notificationId }) => notificationId === target.notificationId);
    heard.push({ where: name, text: data.pdf ? (await readPdf(data.pdf)).text : items ? JSON.stringify(items) : text });
  }
  return heard;
};

/** What the live stream has said until it is ended. */
const listen = async (cookie: string) => {
  const response = await app.request('/events', { headers: { cookie } });
  const reader = response.body?.getReader();
  let text = '';
  const reading = (async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      text += new TextDecoder().decode(part.value);
    }
  })();
  return async (): Promise<string> => {
    await reader?.cancel();
    await reading;
    return text;
  };
};

/** By the link of the last mail, with a fresh code; null where there is none. */
const byLink = async (email: string): Promise<string | null> => {
  const token = await door.tokenIn(email);
  if (!token) return null;
  await door.call('door.renewLink', { token });
  const fresh = await door.tokenIn(email);
  const { data } = await door.call('door.requestLinkCode', { token: fresh, language: 'da' });
  const { codeId } = (data ?? {}) as { codeId?: string };
  if (!codeId) return null;
  const confirmation = { id: codeId, code: await door.codeIn(email) };
  const opened = await door.call('door.openLink', { token: fresh, confirmation });
  expect(opened.status).toBe(200);
  return opened.text;
};

const ID = /\b(bbu|bch|buf)-[a-z-]+|\bdognvagten\b|\bcentral-intake\b/;
const NOT_NEUTRAL = /Døgnvagten|Borgercenter Handicap|Børnegruppen|Ungegruppen/;
/** How a case stands, where it is and what is argued about, by the names that our own answers have for it. */
const STAGE =
  /"(status|decision|examination|measures|timeline|owner|ownerUnit|handler|dispute|handover|siblings|stateVersion|step)"/;
const STATES = /"(acknowledged|examining|decided|withheld|lifted|awaiting-approval|proposed|escalation)"/;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

const learns = async ({ kind, siblings, violence, protectedAddress, rival, steps }: Story): Promise<void> => {
  stories += 1;
  const email = `underretter.${stories}@udefra.example`;
  const secrets: string[] = [];
  const word = (): string => {
    words += 1;
    const one = `Hemmeligt${words}ord`;
    secrets.push(one);
    return one;
  };
  const cpr = nextCpr();
  const own = { child: `Eget${stories}barn`, story: `Egen${stories}fortælling` };
  const address = { street: `Egen${stories}vej 1`, postalCode: '2200' };
  const first = { name: own.child, cpr, address, protectedAddress };
  const second = { name: `Andet${stories}barn`, identity: 'unborn', address };
  const notifier = {
    ...NOTIFIERS[kind],
    ...(kind === 'anonymous' ? {} : { name: `Afsender${stories}navn` }),
    ...(['doctor', 'municipality', 'citizen', 'phone'].includes(kind) ? { workEmail: email } : {}),
  };
  const form = makeForm({
    children: siblings ? [first, second] : [first],
    notifier,
    concern: { narrative: own.story },
    ...(violence ? { violence: { suspected: true, whom: word() } } : {}),
  });
  const whom = violence ? (secrets[0] ?? '') : '';
  // Made at one instant, ids stand in no order.
  const earlier = (await town.deps.db.notification.findMany({ select: { id: true } })).map(({ id }) => id);
  const { email: to, text: sentText } = await send(kind, form, email);
  const { id: notificationId, receivedAt } = await town.deps.db.notification.findFirstOrThrow({
    where: { id: { notIn: earlier } },
  });
  const referrals = await town.deps.db.referral.findMany({
    where: { notificationId },
    orderBy: { childPosition: 'asc' },
  });
  if (rival) {
    // Somebody else is worried about the same child, and about a sibling of theirs.
    const theirs = { name: word(), cpr, address: { street: word(), postalCode: '2200' } };
    const other = { basis: 'professional', notifierCode: 2, name: word() };
    const sibling = { name: word(), identity: 'unborn', address };
    const more = { children: [theirs, sibling], notifier: other, concern: { narrative: word() } };
    await town.submit(OTHER, makeForm(more));
  }
  const owed = kind === 'staff' || kind === 'doctor' || kind === 'phone';
  const model = makeModel({ owed, needsCheck: kind === 'doctor' || kind === 'municipality' });
  const children = referrals.map(({ id }) => ({ id, course: { outcomes: [], measures: [] } }));
  const cookie = kind === 'staff' ? `${SESSION_COOKIE}=${(await logIn(town.deps, STAFF)).token}` : null;
  const end = cookie ? await listen(cookie) : null;
  const letterId = crypto.randomUUID();
  const target: Target = {
    ...(kind === 'staff' ? {} : { outsider: NOTIFIERS[kind].basis }),
    ...{ referralId: referrals[0]?.id ?? '', caseNumber: referrals[0]?.caseNumber ?? '', notificationId },
    ...{ draftId: letterId, letterId, taskId: letterId, requestId: letterId, changeId: letterId, endedId: letterId },
    ...{
      matrixChangeId: letterId,
      unitChangeId: letterId,
      personChangeId: letterId,
      disputeId: letterId,
      auditId: letterId,
      destructionId: letterId,
    },
  };
  const before = unrelated.get(kind) ?? new Map((await everything(target, cookie)).map((one) => [one.where, one.text]));
  unrelated.set(kind, before);

  const done: string[] = [];
  for (const one of steps) if (await perform(town, model, children, one, word)) done.push(one.act);
  await town.settle();
  model.settled();

  // All that reaches them, asked at an instant at which nothing else was done.
  const asked = (await town.deps.clock.now()).add({ seconds: 61 });
  await town.standAt(asked);
  const answers = (await everything(target, cookie)).filter(({ where, text }) => before.get(where) !== text);
  const opened = to && kind !== 'staff' ? await byLink(to) : null;
  const mails = town.catcher.list().filter((mail) => to !== null && mail.to.includes(to));
  const heard: Heard[] = [
    { where: 'sent', text: sentText },
    ...answers,
    ...(opened === null ? [] : [{ where: 'link', text: opened }]),
    ...(end ? [{ where: 'stream', text: await end() }] : []),
    ...mails.map(({ text, subject }) => ({ where: 'mail', text: `${subject}\n${text}` })),
  ];

  const about = `story ${stories}, ${kind}: ${done.join(' ')}`;
  // The notifier's own words are theirs, but not for a mailbox with several readers.
  const foreign = secrets.filter((one) => one !== whom);
  const named = [...secrets, own.child, own.story, `Andet${stories}barn`, `Egen${stories}vej`];
  for (const { id } of mails) expect(foundInMail(Buffer.from(town.catcher.raw(id) ?? []), named), about).toEqual([]);
  expect(found(Buffer.from(opened ?? ''), named), about).toEqual([]);
  expect(found(Buffer.from(logged.join('\n')), named), about).toEqual([]);
  const { shown, forbidden, needsPage } = model.expected();
  const due = await town.deps.db.deadline.findMany({
    where: { referralId: { in: referrals.map(({ id }) => id) }, kind: { in: ['receipt', 'request-for-more'] } },
  });
  const { deliveredAt } = await town.deps.db.receipt.findUniqueOrThrow({ where: { notificationId } });
  const instants = new Set(
    [receivedAt, deliveredAt, new Date(asked.epochMilliseconds), ...due.map(({ dueAt }) => dueAt)].map((at) =>
      at?.toISOString(),
    ),
  );
  for (const { where, text } of heard) {
    const at = `${about} · ${where}: ${text.slice(0, 400)}`;
    expect(found(Buffer.from(text), foreign), at).toEqual([]);
    if (OF_THE_LOGIN.test(where)) continue;
    for (const pattern of [ID, NOT_NEUTRAL, STAGE, STATES]) expect(text, at).not.toMatch(pattern);
    for (const one of forbidden) for (const telling of TELLING[one]) expect(text, at).not.toContain(telling);
    for (const moment of where === 'stream' ? [] : (text.match(INSTANT) ?? [])) {
      expect(instants.has(iso(instant(moment))), `${at} tells ${moment}`).toBe(true);
    }
  }

  // And what they may learn, they do.
  const view = heard.find(({ where }) => where === (kind === 'staff' ? 'notifications.mine' : 'link'))?.text;
  if (view !== undefined) {
    expect(view, about).toContain('Socialforvaltningen');
    for (const one of shown) for (const telling of TELLING[one]) expect(view, about).toContain(telling);
  } else if (to !== null) expect(needsPage, about).toBe(false); // Without an address it is a letter or a call.
  told += shown.length;
};

let told = 0;
const seeded = process.env.SEED ? { seed: Number(process.env.SEED) } : {};
/** One in which something is told, whatever else is drawn: without it the others might prove nothing. */
const TOLD: Story = {
  ...{ kind: 'doctor', siblings: true, violence: false, protectedAddress: true, rival: true },
  steps: (['take', 'assess', 'check', 'decide', 'measure', 'give', 'settle', 'offer', 'decline'] as const).map(
    (act) => ({
      ...{ act, child: 0 },
      pick: act === 'decide' ? 0 : 4,
    }),
  ),
};
/** Named as a suspect in the instant in which it was withheld, they are told no less than they were. */
const WITHHELD: Story = {
  ...{ kind: 'doctor', siblings: false, violence: false, protectedAddress: false, rival: true },
  steps: (['take', 'assess', 'decide', 'withhold', 'settle', 'suspect', 'settle'] as const).map((act) => ({
    ...{ act, child: 0 },
    pick: act === 'decide' ? 3 : 0,
  })),
};
test('whatever is done, a notifier learns what the tier tells and nothing else', async () => {
  await fc.assert(fc.asyncProperty(story, learns), {
    numRuns: STORIES,
    endOnFailure: true,
    ...seeded,
    examples: [[TOLD], [WITHHELD]],
  });
  // Stories in which nobody was told anything would prove nothing.
  expect(told).toBeGreaterThan(0);
});
