import { withOffset } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import { fromDate } from '#store/db.ts';

type Db = Deps['db'];

const shown = (at: Date): string => withOffset(fromDate(at));

/** A referral as the database has it: who has it, and what runs. Instants have Copenhagen's offset. */
export const referralState = async (db: Db, id: string) => {
  const row = await db.referral.findUniqueOrThrow({
    where: { id },
    include: { ownerships: { orderBy: [{ startedAt: 'asc' }, { id: 'asc' }] }, deadlines: true },
  });
  const open = row.ownerships.filter((one) => one.endedAt === null);
  if (open.length !== 1) throw new Error(`${open.length} open ownerships`);
  return {
    status: row.status,
    owner: row.ownerUnitId,
    responsible: row.responsibleUnitId,
    provisional: row.provisionalRule,
    assessment: row.assessmentUnitId,
    handler: row.handlerId,
    /** Unit and reason of every ownership, oldest first. */
    owners: row.ownerships.map((one) => `${one.unitId} ${one.reason}`),
    countedMoves: row.ownerships.filter((one) => one.countsAsMove).length,
    running: Object.fromEntries(
      row.deadlines
        .filter((clock) => clock.state === 'running')
        .toSorted((a, b) => a.kind.localeCompare(b.kind))
        .map((clock) => [clock.kind, shown(clock.dueAt)]),
    ),
    ended: row.deadlines
      .filter((clock) => clock.state !== 'running')
      .map((clock) => `${clock.kind} ${clock.state}`)
      .sort(),
  };
};

/** The journal's kinds, oldest first, without reminders and receipts, which come by themselves. */
export const journalKinds = async (db: Db, id: string): Promise<string[]> => {
  const rows = await db.caseEvent.findMany({ where: { referralId: id }, orderBy: { seq: 'asc' } });
  return rows.map((row) => row.kind).filter((kind) => kind !== 'alarm-raised' && kind !== 'receipt-delivered');
};

/** The last event of a kind: its open content. */
export const lastFact = async (db: Db, id: string, kind: string): Promise<Record<string, unknown>> => {
  const row = await db.caseEvent.findFirstOrThrow({ where: { referralId: id, kind }, orderBy: { seq: 'desc' } });
  return row.data as Record<string, unknown>;
};
