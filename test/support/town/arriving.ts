import type { Instant } from '#domain/time.ts';
import type { TestWorld } from '#test/support/context.ts';
import { ACUTE, makeForm, nextCpr } from '#test/support/municipality.ts';
import { importCases } from '#usecases/import-cases.ts';
import { registerInquiry } from '#usecases/register-inquiry.ts';
import { registerNotification } from '#usecases/register-notification.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import type { Chance } from './chance.ts';
import type { Story } from './story.ts';

export const SENDER = 'school-social-worker-skole-norrebro';
const CODES = [2200, 2500, 1500, 2450, 2400, 2700, 2300, 1100];
const BY_POST = {
  basis: 'professional',
  notifierCode: 4,
  name: 'Læge Test',
  postalAddress: 'Prøvevej 1\n2200 København N',
};
/** Children whose work comes again, and those with a measure, of whom a new notification wants new eyes. */
const known: string[] = [];

/** The case system's list: some children have a measure, a few of them a case here. */
export const importKnown = async (world: TestWorld, now: Instant): Promise<void> => {
  const rows = CODES.map((_, n) => {
    const cpr = nextCpr();
    known.push(cpr);
    return `${cpr},${n % 4 === 0 ? 'bbu-bhv' : ''},,family-treatment,2026-05-01,,2026-11-01`;
  });
  const list = `cpr,unit,caseworker,measure,since,disability,seen at\n${rows.join('\n')}\n`;
  await importCases(world.systemCtx(now), list);
};

const childOf = (postalCode: number, again: number, chance: Chance) => {
  const address = { postalCode: String(postalCode) };
  if (chance.next() < 0.15) return { name: 'Ufødt', identity: 'unborn', address };
  const cpr = (chance.next() < again ? chance.pick(known) : undefined) ?? nextCpr();
  known.push(cpr);
  return { name: 'Barn', cpr, address };
};

const sent = async (world: TestWorld, now: Instant, postalCode: number, chance: Chance): Promise<string> => {
  const acute = chance.next() < 0.1;
  const kind = chance.next();
  // An inquiry's address is its child's, so that it is a child of whom nothing is known.
  const child = childOf(postalCode, kind < 0.12 ? 0 : 0.25, chance);
  if (kind < 0.12) {
    const input = { child, acute, text: 'Mangler skoleplads', need: chance.next() < 0.5 ? 'school-place' : null };
    const { id } = await registerInquiry(world.ctxFor('intake-buf-modtagelse', now), input);
    return id;
  }
  const form = makeForm({ children: [child], ...(acute ? ACUTE : {}) });
  if (kind < 0.24) {
    const registration = { channel: 'phone', receivedAt: now, notification: { ...form, notifier: BY_POST } };
    const { referrals } = await registerNotification(world.ctxFor('intake-central-intake', now), registration);
    return referrals[0]?.id ?? '';
  }
  const { referrals } = await submitNotification(world.ctxFor(SENDER, now), form);
  return referrals[0]?.id ?? '';
};

/** New work: notifications of a school, phoned ones, inquiries; some acute, some of children who are known. */
export const arrive = async (world: TestWorld, now: Instant, count: number, chance: Chance): Promise<Story[]> => {
  const stories: Story[] = [];
  for (let n = 0; n < count; n += 1) {
    const postalCode = chance.pick(CODES) ?? 2200;
    const id = await sent(world, now, postalCode, chance);
    const row = await world.deps.db.referral.findUniqueOrThrow({ where: { id } });
    const { ownerUnitId: owner, responsibleUnitId: responsible, acute } = row;
    const begun = { owner, responsible, acute, at: now.epochMilliseconds };
    stories.push({ id, postalCode, matter: row.matter, begun, deeds: [] });
  }
  return stories;
};
