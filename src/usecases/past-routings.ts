import { childFacts } from '#domain/child-facts.ts';
import type { InquiryContent } from '#domain/inquiry.ts';
import { type PastReferral, rerouted } from '#domain/matrix-dry-run.ts';
import type { MatrixRow, Organisation } from '#domain/organisation.ts';
import type { RoutingInput } from '#domain/routing-facts.ts';
import { atLocal, iso, type LocalDay, localDay } from '#domain/time.ts';
import type { Tx } from '#store/db.ts';
import {
  countReferralsSince,
  findPastRoutings,
  findReferralsOfPrecedents,
  type PastRow,
} from '#store/past-routings.ts';
import type { Ctx } from './context.ts';
import { openRecords, type SealedChild, type SealedNotification } from './open-records.ts';
import type { PastRoutings } from './prepared-change.ts';

/** Each is opened for its postal code, within one request; of a row that is about more, the newest are. */
const MOST = 5_000;
const MONTHS = 6;

type Said = Pick<RoutingInput, 'child'>;

/** Opened for what routing looks at; nothing else leaves here. A record that was destroyed leaves the age alone. */
const factsOf = async (ctx: Ctx, tx: Tx, rows: readonly PastRow[]): Promise<(row: PastRow) => Said> => {
  const sealed = (of: (row: PastRow) => { id: string; sealed: Uint8Array | null }) =>
    rows.map(of).filter((one): one is { id: string; sealed: Uint8Array } => one.sealed !== null);
  const notifications = await openRecords(
    ctx,
    tx,
    'notification',
    sealed((row) => ({ id: row.notificationId ?? '', sealed: row.notification })),
  );
  const inquiries = sealed((row) => ({ id: row.id, sealed: row.inquiry }));
  const said = await openRecords(ctx, tx, 'referral', inquiries, 'event:1');
  const asked = rows.filter(({ inquiry }) => inquiry !== null);
  const children = await openRecords(
    ctx,
    tx,
    'child',
    asked.map(({ childId, child }) => ({ id: childId, sealed: child })),
  );
  return (row) => {
    const unknown = { postalCode: null, age: row.childAge, institution: null };
    const form = (notifications.get(row.notificationId ?? '') as SealedNotification | undefined)?.form;
    const child = form?.children[row.childPosition];
    if (child) return { child: childFacts(child, row.receivedAt) };
    const own = (said.get(row.id) as InquiryContent | undefined)?.child;
    const record = children.get(row.childId) as SealedChild | undefined;
    const postalCode = own?.address?.postalCode ?? record?.address?.postalCode ?? null;
    return { child: { ...unknown, postalCode, institution: own?.institution ?? null } };
  };
};

type Proposed = {
  readonly matrix: readonly MatrixRow[];
  readonly need: string;
  readonly on: LocalDay;
  readonly precedent: string | null;
  readonly months: number | undefined;
};

/**
 * How the referrals of the past months would have been routed by a proposed matrix. The cases behind the earlier
 * decisions about the need count as if it had been chosen: nobody could choose it then. Answers ids, units and case
 * numbers, never what was opened.
 */
export const pastRoutings = async (
  ctx: Ctx,
  tx: Tx,
  organisation: Organisation,
  { matrix, need, on, precedent, months = MONTHS }: Proposed,
): Promise<PastRoutings> => {
  const since = atLocal(localDay(ctx.now).subtract({ months }), '00:00');
  const referralIds = await findReferralsOfPrecedents(tx, ctx.scope, { need, precedentId: precedent });
  const found = await findPastRoutings(tx, ctx.scope, { since, need, referralIds, limit: MOST + 1 });
  const rows = found.slice(0, MOST);
  const said = await factsOf(ctx, tx, rows);
  const known = new Set(referralIds);
  const past = rows.map((row): PastReferral => {
    const { id, caseNumber, first, now, matter, senderUnit, disability, receivedAt: at } = row;
    const facts = { matter, at, senderUnit, ...said(row), known: disability ? { unit: null, disability } : null };
    return { id, caseNumber, first, now, facts: { ...facts, need: known.has(id) ? need : row.need } };
  });
  return {
    months,
    all: (await countReferralsSince(tx, ctx.scope, since)) ?? 0,
    about: rows.length,
    cut: found.length > MOST,
    elsewhere: rerouted(past, organisation, matrix, on).map(({ at, ...one }) => ({ ...one, at: iso(at) })),
  };
};
