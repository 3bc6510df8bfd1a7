import { type AccessCase, type AccessItem, itemsOf } from '#domain/access-items.ts';
import { inWords } from '#domain/deadline-explanation.ts';
import { sayAnswer } from '#domain/form-words.ts';
import { can } from '#domain/policy.ts';
import { PURPOSES } from '#domain/read-purposes.ts';
import type { Referral } from '#domain/referral.ts';
import { instant } from '#domain/time.ts';
import { EVENT_NAMES, type EventKind } from '#domain/timeline.ts';
import { lineDetail } from '#domain/timeline-of-clocks.ts';
import type { World } from '#domain/world.ts';
import { findCasesOfChild } from '#store/access-requests.ts';
import { findAttachments } from '#store/attachments.ts';
import { findEvents, type StoredEvent } from '#store/case-events.ts';
import { findShownRecord } from '#store/child-links.ts';
import { inOrder, type Tx } from '#store/db.ts';
import { findLookups } from '#store/read-log.ts';
import { getReferral } from '#store/referrals.ts';
import { listedOf, toldToNotifier } from './access-parts.ts';
import { addressOf, contentOf } from './case-content.ts';
import type { Ctx } from './context.ts';
import { formNames, namesOf } from './names.ts';
import { subjectOf } from './on-referral.ts';
import { openFiles } from './open-attachment.ts';
import { getKey, openRecords, openWords, type SealedChild } from './open-records.ts';

const [ADDRESS, UNIT] = ['Adresse', 'Ansvarlig enhed'];
const when = (iso: string): string => inWords(instant(iso)).da;

const linesOf = async (
  ctx: Ctx,
  tx: Tx,
  world: World,
  events: readonly StoredEvent[],
): Promise<AccessCase['lines']> => {
  const names = namesOf(world);
  const first = events.find(({ sealed }) => sealed !== null);
  const key = first ? await getKey(ctx, tx, 'referral', first.referralId) : null;
  return events.map((event) => {
    const { kind, seq, occurredAt } = event;
    const detail = lineDetail(kind, event.data as Record<string, unknown>, names);
    // The inquiry itself stands beside the lines.
    const { text, shows, whom } =
      kind === 'inquiry-registered' ? { text: null, shows: null, whom: null } : openWords(ctx, key, event);
    const words = [detail?.da, whom, text, shows].filter(
      (word): word is string => typeof word === 'string' && word !== '',
    );
    return { seq, kind, at: when(occurredAt), name: EVENT_NAMES[kind as EventKind]?.da ?? kind, words };
  });
};

const factsOf = async (
  ctx: Ctx,
  tx: Tx,
  world: World,
  referral: Referral,
  asSent: Partial<SealedChild> | undefined,
) => {
  const record = await findShownRecord(tx, ctx.scope, referral.id);
  const opened = record ? (await openRecords(ctx, tx, 'child', [record])).get(record.id) : undefined;
  const child = (opened ?? {}) as Partial<SealedChild>;
  const said = [
    ['Barnets navn', child.name ?? asSent?.name],
    ['CPR-nummer', child.cpr ?? asSent?.cpr],
    [ADDRESS, addressOf(asSent, child)],
    ['Modtaget', when(referral.receivedAt.toString())],
    [UNIT, world.organisation.units.get(referral.ownerUnit)?.name],
    ['Afsluttet', referral.closedAt ? when(referral.closedAt.toString()) : null],
  ] as const;
  const isProtected = record?.protectedAddress ?? false;
  const isWhere = (label: string): boolean => label === ADDRESS || (isProtected && label === UNIT);
  const facts = said.flatMap(([label, text]) =>
    text ? [{ label, text, third: isWhere(label) ? ('address' as const) : null }] : [],
  );
  return { isProtected, facts };
};

const caseOf = async (ctx: Ctx, tx: Tx, world: World, referral: Referral): Promise<AccessCase> => {
  const { id, caseNumber } = referral;
  const events = await findEvents(tx, ctx.scope, id);
  const { notification, inquiry, child, additions } = await contentOf(ctx, tx, referral, events);
  const files = await openFiles(ctx, tx, await findAttachments(tx, ctx.scope, { of: 'referral', id }));
  const { lookups } = await findLookups(tx, ctx.scope, id, null);
  const { isProtected, facts } = await factsOf(ctx, tx, world, referral, child);
  const { callNote = null, ...form } = notification ?? { callNote: null };
  return {
    ...{ id, caseNumber, callNote, form: notification ? form : null, inquiry: inquiry?.text ?? null },
    ...{ isProtected, facts, known: await listedOf(ctx, tx, world, id), told: await toldToNotifier(ctx, tx, id) },
    additions: additions.map((one) => ({ id: one.id, at: when(one.at), text: one.text })),
    lines: await linesOf(ctx, tx, world, events),
    files: files.map(({ id: fileId, said, bytes }) => ({ id: fileId, name: said.text, bytes })),
    lookups: lookups.map(({ id: lookupId, at, purpose, unitId }) => ({
      ...{ id: lookupId, at: when(at.toString()) },
      // Which unit looks at it says in which part of the city the child lives.
      why: isProtected
        ? PURPOSES[purpose].da
        : `${PURPOSES[purpose].da} (${world.organisation.units.get(unitId)?.name ?? unitId})`,
    })),
  };
};

export type AccessContent = {
  readonly items: readonly AccessItem[];
  /** The cases of the child that they come from. */
  readonly referralIds: readonly string[];
  readonly childIds: readonly string[];
  /** Units that have more cases of the child, which this person may not read: they are asked there. */
  readonly elsewhere: readonly string[];
};

/** All that this person may tell of the child of a referral, item by item. Whoever calls this logs the reading. */
export const accessContent = async (ctx: Ctx, tx: Tx, world: World, referralId: string): Promise<AccessContent> => {
  const cases = await findCasesOfChild(tx, ctx.scope, referralId);
  const reached = await inOrder(
    cases.filter((one) => one.reached),
    ({ id }) => getReferral(tx, ctx.scope, id),
  );
  const mine = reached.filter((one) => can(ctx.actor, 'child.answer-access', subjectOf(one)));
  const names = formNames(world);
  const say = (field: string, value: unknown): string | null => sayAnswer(field, value, names)?.da ?? null;
  const digest = (text: string): string => Buffer.from(ctx.deps.vault.digest(text)).toString('base64url');
  const items = (await inOrder(mine, async (one) => itemsOf(await caseOf(ctx, tx, world, one), say, digest))).flat();
  const others = cases.filter(({ id }) => !mine.some((one) => one.id === id)).map(({ ownerUnit }) => ownerUnit);
  return {
    items,
    referralIds: mine.map(({ id }) => id),
    childIds: [...new Set(mine.map(({ childId }) => childId))],
    elsewhere: [...new Set(others)].map((unit) => world.organisation.units.get(unit)?.name ?? unit),
  };
};
