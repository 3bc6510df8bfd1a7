import { standsInFor } from '#domain/absence.ts';
import { type Callee, callNow, isUntaken } from '#domain/call-now.ts';
import type { Organisation } from '#domain/organisation.ts';
import { demand } from '#domain/policy.ts';
import { recipientsOf } from '#domain/recipients.ts';
import { NEVER } from '#domain/referral-due.ts';
import { cut } from '#domain/sees-what.ts';
import { type Instant, iso, localDay } from '#domain/time.ts';
import { answersFor, type Gone, whyGone } from '#domain/unattended.ts';
import type { World } from '#domain/world.ts';
import { countMatters } from '#store/board.ts';
import { findReferralChildren } from '#store/children.ts';
import { inTransaction } from '#store/db.ts';
import {
  type Counts,
  countWorklist,
  findWaitingSince,
  findWorklist,
  type Mine,
  TABS,
  type Tab,
  type WorkRow,
} from '#store/worklist.ts';
import { type Ctx, scopeFor } from './context.ts';
import { logRead } from './log-read.ts';
import { personOf } from './on-referral.ts';
import { openRecords, type SealedChild } from './open-records.ts';
import { type Page, pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

export { TABS };

const PAGE = 50;
/** Counts above this are told as "more than". */
const CAP = 999;

type Named = { id: string; name: string };
type Titled = { id: string; title: string };
export type WorkItem = Omit<
  WorkRow,
  | 'receivedAt'
  | 'nextDueAt'
  | 'ownerUnit'
  | 'responsibleUnit'
  | 'assessmentUnit'
  | 'handlerId'
  | 'senderUnit'
  | 'reasonCodes'
> & {
  receivedAt: string;
  nextDueAt: string | null;
  ownerUnit: Named;
  responsibleUnit: Named;
  assessmentUnit: Named | null;
  handler: Titled | null;
  senderUnit: Named | null;
  reasonCodes: string[];
  /** Its handler is away, and whoever asks answers for them. */
  standIn: boolean;
  /** Its handler is not there: why, and the title of who answers meanwhile. */
  gone: { why: Gone; answers: string | null } | null;
  /** Of a closed case: who has the duty that is left. */
  duty: string | null;
  call: readonly Callee[];
};

const goneOf = (handlerId: string, unit: string, { organisation }: World, now: Instant): WorkItem['gone'] => {
  const day = localDay(now);
  const why = whyGone(handlerId, unit, organisation, day);
  return why && { why, answers: answersFor(handlerId, why, organisation, day)?.title ?? null };
};

/** Whoever its alarms go to first: the handler, who stands in for them, the unit's intake, else the nearest leader. */
const dutyOf = ({ status, handlerId, ownerUnit }: WorkRow, { organisation }: World, at: Instant): string | null => {
  if (status !== 'closed') return null;
  const notice = { stage: 'half', kind: 'feedback', counting: 'workdays', unitId: ownerUnit, handlerId, at } as const;
  const [found] = recipientsOf(notice, organisation).flatMap((to) => (to.kind === 'person' ? [to.personId] : []));
  return found === undefined ? null : (organisation.people.get(found)?.title ?? found);
};

const itemOf = (row: WorkRow, since: Instant | undefined, world: World, { now, handlers }: Mine): WorkItem => {
  const { units, people } = world.organisation;
  const unit = (id: string): Named => ({ id, name: units.get(id)?.name ?? id });
  const { handlerId, ...shown } = row;
  return cut('row', null, {
    ...shown,
    receivedAt: iso(row.receivedAt),
    nextDueAt: row.nextDueAt ? iso(row.nextDueAt) : null,
    ownerUnit: unit(row.ownerUnit),
    responsibleUnit: unit(row.responsibleUnit),
    assessmentUnit: row.assessmentUnit ? unit(row.assessmentUnit) : null,
    handler: handlerId ? { id: handlerId, title: people.get(handlerId)?.title ?? handlerId } : null,
    senderUnit: row.senderUnit ? unit(row.senderUnit) : null,
    reasonCodes: row.reasonCodes ?? [],
    standIn: handlerId !== null && handlers.indexOf(handlerId) > 0,
    gone: handlerId ? goneOf(handlerId, row.ownerUnit, world, now) : null,
    duty: dutyOf(row, world, now),
    call: callNow(row, since, world, now),
  });
};

/** One's own cases, and those of whoever one answers for today. */
const mineOf = (ctx: Ctx, organisation: Organisation): Mine => {
  const { personId } = personOf(ctx);
  return { now: ctx.now, handlers: [personId, ...standsInFor(personId, organisation, localDay(ctx.now))] };
};

/** *Sagsliste*: what is due first. Holds no personal data, so reading it is not logged; names are asked for apart. */
export const readWorklist = async (ctx: Ctx, q: { tab: Tab; cursor?: string | undefined }): Promise<Page<WorkItem>> => {
  demand(ctx.actor, 'referral.list');
  const world = await currentWorld(ctx);
  const mine = mineOf(ctx, world.organisation);
  const cursor = readCursor(q.cursor);
  const rows = await findWorklist(ctx.deps.db, scopeFor(ctx, 'referral.list'), {
    tab: q.tab,
    cursor,
    ...mine,
    limit: PAGE + 1,
  });
  const waiting = await findWaitingSince(
    ctx.deps.db,
    scopeFor(ctx, 'referral.list'),
    rows.filter(isUntaken).map(({ id }) => id),
  );
  return pageOf(
    rows.map((row) => ({ row, id: row.id, at: row.nextDueAt ?? NEVER })),
    PAGE,
    ({ row }) => itemOf(row, waiting.get(row.id), world, mine),
  );
};

/** How many stand on each tab, capped at one above 999. */
export const readCounts = async (ctx: Ctx): Promise<Counts & { handed: number; dispute: number }> => {
  demand(ctx.actor, 'referral.list');
  const { organisation } = await currentWorld(ctx);
  const scope = scopeFor(ctx, 'referral.list');
  const [counts, matters] = await Promise.all([
    countWorklist(ctx.deps.db, scope, mineOf(ctx, organisation), CAP),
    countMatters(ctx.deps.db, scope, CAP),
  ]);
  return { ...counts, ...matters };
};

/** Names for the lines of a list that somebody has in front of them; logged as a reading of each child. */
export const readNames = (
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ id: string; name: string; cpr: string | null }[]> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const role = demand(ctx.actor, 'referral.list');
    const children = await findReferralChildren(tx, scopeFor(ctx, 'referral.list'), ids);
    const records = children.map((c) => ({ id: c.childId, sealed: c.sealed }));
    const opened = await openRecords(ctx, tx, 'child', records);
    const seen = { referralIds: children.map((c) => c.referralId), childIds: children.map((c) => c.childId) };
    if (children.length > 0) await logRead(ctx, tx, role, 'worklist-names', seen);
    return children.map((c) => {
      const child = opened.get(c.childId) as SealedChild | undefined;
      return cut('name', null, { id: c.referralId, name: child?.name ?? '', cpr: child?.cpr ?? null });
    });
  });
