import { maskedData, typedPseudonym } from '#domain/audit.ts';
import { refuseField } from '#domain/field-errors.ts';
import { PURPOSES } from '#domain/read-purposes.ts';
import { cut } from '#domain/sees-what.ts';
import { setupEventName } from '#domain/setup-events.ts';
import { iso } from '#domain/time.ts';
import { EVENT_NAMES, type EventKind } from '#domain/timeline.ts';
import type { World } from '#domain/world.ts';
import { type AuditQuery, findActLines, findReadLines, findSetupLines } from '#store/audit-lines.ts';
import type { Audit } from '#store/audits.ts';
import { inTransaction, type Tx } from '#store/db.ts';
import type { Ctx } from './context.ts';
import { logRead } from './log-read.ts';
import { getAudit, type Masked, maskIn, whoIs } from './on-audit.ts';
import { pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

const PAGE = 50;

export type AuditAsked = {
  readonly id: string;
  readonly caseNumber: string | null;
  /** A pseudonym of this audit. */
  readonly who: string | null;
  readonly cursor?: string | undefined;
};

type Looking = {
  readonly tx: Tx;
  readonly audit: Audit;
  readonly world: World;
  readonly query: AuditQuery;
  readonly masked: (personId: string | null) => Masked | null;
  /** Looking is a look-up like the others, of the cases that it showed. */
  readonly log: (referralIds: readonly string[]) => Promise<void>;
};

const looking = <R>(ctx: Ctx, asked: AuditAsked, work: (at: Looking) => Promise<R>): Promise<R> =>
  inTransaction(ctx.deps.db, async (tx) => {
    const { audit, role } = await getAudit(ctx, tx, asked.id, 'audit.read');
    const world = await currentWorld(ctx, tx);
    const personId = asked.who === null ? null : whoIs(ctx, audit, typedPseudonym(asked.who), world);
    if (asked.who !== null && personId === null) refuseField('who', 'unknown-choice');
    const cursor = readCursor(asked.cursor);
    const query = { cursor, until: ctx.now, caseNumber: asked.caseNumber, personId, limit: PAGE + 1 };
    const masked = await maskIn(ctx, tx, audit, world);
    const log = (ids: readonly string[]) => logRead(ctx, tx, role, 'audit', { referralIds: [...new Set(ids)] });
    return work({ tx, audit, world, query, masked, log });
  });

const unitName = ({ organisation: { units } }: World, id: string | null) => (id ? (units.get(id)?.name ?? id) : null);

/** Who was shown what and why, newest first. Of the child nothing but the number of the case. */
export const auditReads = (ctx: Ctx, asked: AuditAsked) =>
  looking(ctx, asked, async ({ tx, world, query, masked, log }) => {
    const page = pageOf(await findReadLines(tx, ctx.scope, query), PAGE, (line) => line);
    await log(page.items.flatMap(({ referralIds }) => referralIds));
    const items = page.items.map(({ id, at, personId, unitId, role, purpose, caseNumbers }) =>
      cut('readLine', 'auditor', {
        ...{ id, at: iso(at), who: masked(personId), unit: unitName(world, unitId), role, caseNumbers },
        purpose: { da: PURPOSES[purpose].da, en: PURPOSES[purpose].en },
      }),
    );
    return { items, nextCursor: page.nextCursor };
  });

/** Which acts were done, newest first: no words, no details. */
export const auditActs = (ctx: Ctx, asked: AuditAsked) =>
  looking(ctx, asked, async ({ tx, world, query, masked, log }) => {
    const page = pageOf(await findActLines(tx, ctx.scope, query), PAGE, (line) => line);
    await log(page.items.map(({ referralId }) => referralId));
    const items = page.items.map(({ id, at, personId, unitId, role, kind, caseNumber }) =>
      cut('actLine', 'auditor', {
        ...{ id, at: iso(at), who: masked(personId), unit: unitName(world, unitId), role, caseNumber },
        name: EVENT_NAMES[kind as EventKind] ?? { da: kind, en: kind },
      }),
    );
    return { items, nextCursor: page.nextCursor };
  });

/** Codes, ids and days of a line, each by its name. */
const saidOf = (data: unknown): readonly { readonly name: string; readonly value: string }[] =>
  Object.entries(data ?? {}).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));

/** What was done to the setup, newest first, with every person in it by their pseudonym. */
export const auditSetup = (ctx: Ctx, asked: AuditAsked) =>
  looking(ctx, asked, async ({ tx, world, query, masked, log }) => {
    const { people } = world.organisation;
    const called = (id: string) => (people.has(id) ? (masked(id)?.code ?? null) : null);
    const page = pageOf(await findSetupLines(tx, ctx.scope, query), PAGE, (line) => line);
    await log([]);
    const items = page.items.map(({ id, at, personId, kind, changeId, data }) => ({
      ...{ id, at: iso(at), who: masked(personId), name: setupEventName(kind), changeId },
      said: saidOf(maskedData(data, called)),
    }));
    return { items, nextCursor: page.nextCursor };
  });
