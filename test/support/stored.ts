import { randomBytes } from 'node:crypto';
import { unitsCoveredBy } from '#domain/actors.ts';
import { EVIDENCE_CODES } from '#domain/evidence.ts';
import { mintScope } from '#domain/scope.ts';
import { instant } from '#domain/time.ts';
import type { Tx } from '#store/db.ts';
import { acknowledgeReferral } from '#usecases/acknowledge-referral.ts';
import { addToNotification } from '#usecases/add-to-notification.ts';
import { askForMore } from '#usecases/ask-for-more.ts';
import { previewRequest } from '#usecases/asking.ts';
import { assessReferral } from '#usecases/assess-referral.ts';
import { decideReferral } from '#usecases/decide-referral.ts';
import { declineHandover } from '#usecases/decline-handover.ts';
import { giveFeedback } from '#usecases/give-feedback.ts';
import { parseNotification } from '#usecases/parse-notification.ts';
import { previewFeedback } from '#usecases/preview-feedback.ts';
import { proposeHandover } from '#usecases/propose-handover.ts';
import { registerNotification } from '#usecases/register-notification.ts';
import { requestDoorCode } from '#usecases/request-door-code.ts';
import { saveDraft } from '#usecases/save-draft.ts';
import { startMeasure } from '#usecases/start-measure.ts';
import { cprIndexesOf, submissionRows } from '#usecases/submission-rows.ts';
import { submitNotification } from '#usecases/submit-notification.ts';
import { keptWorld } from '#usecases/world.ts';
import { makeWorld, type TestWorld } from './context.ts';
import { makeForm, nextCpr } from './municipality.ts';

const AT = '2026-11-03T10:05:00+01:00';
const SENDER = 'school-social-worker-skole-norrebro';

/** A referral with a decision, a measure, feedback, and a hand-over in dispute between its unit and Valby's. */
const makeDisputed = async ({ ctxFor }: TestWorld): Promise<string> => {
  const { referrals } = await submitNotification(ctxFor(SENDER, AT), makeForm());
  const id = referrals[0]?.id ?? '';
  const own = () => ctxFor('caseworker-bbu-norrebro', AT);
  const known = { unit: null, disability: false, elsewhere: false };
  await acknowledgeReferral(own(), { id, known, need: null });
  const seen = { acute: false, evidence: EVIDENCE_CODES[0], occurredAt: instant(AT) };
  await assessReferral(own(), { id, ...seen, reason: 'Kort' });
  await decideReferral(own(), { id, outcome: 'preventive', reason: 'Kort' });
  await startMeasure(own(), { id, type: 'preventive-counselling', plannedMonths: 6, reason: 'Kort' });
  const { told } = await previewFeedback(own(), { id, material: false, choices: [] });
  await giveFeedback(own(), { id, material: null, choices: [], channel: 'site', previewed: told });
  const questions = ['call-me'] as const;
  const { told: previewed } = await previewRequest(own(), { id, questions });
  await askForMore(own(), { id, questions, previewed });
  await proposeHandover(own(), { id, to: 'bbu-valby', reason: 'Flyttet' });
  const why = { instead: 'bbu-norrebro', basis: '§ 9', reason: 'Bor ikke her' };
  await declineHandover(ctxFor('caseworker-bbu-valby', AT), { id, ...why });
  return id;
};

/** A world with rows of all kinds that belong to one school and to one case unit, for tests of who reaches them. */
export const makeStored = async () => {
  const world = await makeWorld();
  const { deps, ctxFor, systemCtx } = world;
  const { db } = deps;
  const sender = ctxFor(SENDER, AT);
  const cpr = nextCpr();
  const born = makeForm({ children: [{ name: 'Barn', cpr, address: { postalCode: '2200' } }] });
  const { notificationId, referrals } = await submitNotification(sender, born);
  const unborn = { children: [{ identity: 'unborn', address: { postalCode: '2200' } }] };
  const other = await submitNotification(ctxFor(SENDER, AT), makeForm(unborn));
  await addToNotification(ctxFor(SENDER, AT), { notificationId, text: 'Mere' });
  // Registered from a letter, without a mail address: its receipt is told by letter, which is a person's task.
  const arrived = { channel: 'letter', receivedAt: instant(AT), notification: makeForm() };
  const { notificationId: letteredId } = await registerNotification(ctxFor('intake-bbu-norrebro', AT), arrived);
  const letter = await db.letter.findFirstOrThrow({ where: { notificationId: letteredId } });
  const task = await db.task.findFirstOrThrow({ where: { letterId: letter.id } });
  const failedIndex = deps.vault.index('mail', 'nobody@bindeled.example');
  const failedAt = new Date('2026-11-03T10:00:00Z');
  await db.mailAddress.create({ data: { addressIndex: new Uint8Array(failedIndex), failures: 2, failedAt } });
  const disputedId = await makeDisputed(world);
  const request = await db.requestForMore.findFirstOrThrow({ where: { referralId: disputedId } });
  const dispute = await db.dispute.findFirstOrThrow({ where: { referralId: disputedId } });
  const { notificationId: answeredId } = await db.referral.findUniqueOrThrow({ where: { id: disputedId } });
  const draft = await saveDraft(ctxFor(SENDER, AT), { form: {} });
  const [referralId = '', unbornReferralId = ''] = [referrals[0]?.id, other.referrals[0]?.id];
  const referral = await db.referral.findUniqueOrThrow({ where: { id: referralId }, include: { deadlines: true } });
  const unbornReferral = await db.referral.findUniqueOrThrow({ where: { id: unbornReferralId } });
  // One message waits with nothing on its way for it, one is in somebody's hands; outbox rows in each of their states.
  const [waiting, sending, bounced] = await db.outboundMessage.findMany({ orderBy: { id: 'asc' }, take: 3 });
  if (!waiting || !sending || !bounced) throw new Error('no messages');
  await db.outboundMessage.update({ where: { id: bounced.id }, data: { state: 'bounced', reason: 'full' } });
  const later = new Date('2026-11-03T10:00:00Z');
  await db.outboundMessage.update({ where: { id: sending.id }, data: { state: 'sending', leasedUntil: later } });
  const rows = await db.outbox.findMany({ orderBy: { id: 'asc' } });
  const about = rows.find((row) => JSON.stringify(row.payload).includes(waiting.id));
  await db.outbox.update({ where: { id: about?.id ?? '' }, data: { sentAt: later } });
  const [leased, free] = rows.filter((row) => row.id !== about?.id);
  await db.outbox.update({ where: { id: leased?.id ?? '' }, data: { leasedUntil: later } });
  const door = mintScope({ personId: null, unitIds: [], door: { notificationId: null } });
  const visit = { ...systemCtx(AT), scope: door, actor: { kind: 'outsider', as: 'visitor' }, visitor: null } as const;
  const { codeId } = await requestDoorCode(visit, { email: 'nobody@klinik.example', language: 'da' });
  const createdAt = new Date('2026-11-03T09:00:00Z');
  const linkHash = deps.vault.index('link', 'hash:x');
  const link = { id: deps.newId(sender.now), tokenHash: new Uint8Array(linkHash), notificationId, createdAt };
  await db.notifierLink.create({ data: { ...link, expiresAt: new Date('2028-11-03T09:00:00Z') } });
  await db.doorCount.create({ data: { bucket: new Uint8Array(linkHash), count: 1, expiresAt: createdAt } });
  const version = await keptWorld(sender);
  const form = parseNotification(makeForm(), version.world, { training: true, receivedAt: sender.now });
  const incoming = { form, channel: 'form', receivedAt: sender.now, registeredById: null };
  const from = { senderPersonId: SENDER, senderUnitId: 'skole-norrebro' };
  const ctx = ctxFor(SENDER, AT);
  const { notificationId: _made, ...submission } = submissionRows(
    ctx,
    version,
    { ...incoming, ...from },
    cprIndexesOf(ctx, form),
    [],
    'notifier',
  );
  const scopeOf = (personId: string) => mintScope({ personId, unitIds: unitsCoveredBy(ctxFor(personId, AT).actor) });
  return {
    world,
    notificationId,
    referral,
    clock: referral.deadlines.find((one) => one.kind === 'acknowledge'),
    unbornReferral,
    disputedId,
    answeredId: answeredId ?? '',
    disputeId: dispute.id,
    requestId: request.id,
    draftId: draft.id,
    waitingId: waiting.id,
    sendingId: sending.id,
    bouncedId: bounced.id,
    letterId: letter.id,
    letteredId,
    taskId: task.id,
    codeId,
    doorAt: sender.now,
    linkId: link.id,
    linkHash,
    failedIndex,
    freeOutboxId: free?.id ?? '',
    cprIndex: deps.vault.index('cpr', cpr),
    submission,
    someBytes: randomBytes(32),
    /** After everything here is due. */
    now: instant('2027-11-03T10:05:00+01:00'),
    scopes: {
      unit: scopeOf('caseworker-bbu-norrebro'),
      sender: scopeOf(SENDER),
      /** The other side of the dispute. */
      party: scopeOf('caseworker-bbu-valby'),
      administrator: mintScope({ personId: 'administrator-sof-stab', unitIds: [], administers: true }),
      auditor: mintScope({ personId: 'auditor-sof-stab', unitIds: [], audits: true }),
      /** Keeps the responsibility matrix, and follows every dispute. */
      coordinator: mintScope({
        personId: 'buf-sof-coordinator-sof-stab',
        unitIds: ['sof-stab'],
        disputesOf: ctxFor('buf-sof-coordinator-sof-stab', AT).scope.disputesOf,
        keepsMatrix: true,
      }),
      system: systemCtx(AT).scope,
      /** Somebody at the door, and somebody who has opened the link of a notification. */
      door,
      link: mintScope({ personId: null, unitIds: [], door: { notificationId } }),
    },
    foreign: {
      'a caseworker of another unit': scopeOf('caseworker-bbu-bhv'),
      'a notifier of another school': scopeOf('notifier-skole-valby'),
      'the duty unit': scopeOf('duty-officer-dognvagten'),
      'a person without a unit': mintScope({ personId: 'administrator-sof-stab', unitIds: [] }),
      nobody: mintScope({ personId: null, unitIds: [] }),
    },
  };
};
export type Stored = Awaited<ReturnType<typeof makeStored>>;

/** A digest of every row of every table: equal before and after means that nothing was changed. */
export const digestOf = async (tx: Tx): Promise<string> => {
  const tables = await tx.$queryRaw<{ name: string }[]>`
    select tablename::text as name from pg_tables where schemaname = 'public' order by 1`;
  const each = tables.map(
    ({ name }) =>
      `select '${name}:' || md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as d from "${name}" x`,
  );
  const rows = await tx.$queryRawUnsafe<{ d: string }[]>(each.join(' union all '));
  // Read in parallel they come in any order.
  return rows
    .map((row) => row.d)
    .sort()
    .join('\n');
};
