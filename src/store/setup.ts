import { DomainError } from '#domain/errors.ts';
import type { ChangeState, ProposedChange } from '#domain/proposed-change.ts';
import { type Regulations, storedRegulations } from '#domain/regulations.ts';
import type { Scope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, fromDateOrNull, type Tx, toDate } from './db.ts';
import { administers, audits, keepsMatrix } from './scope.ts';

/** Of the setup, BUF-SOF coordinators keep the responsibility matrix and nothing else. */
const MATRIX = 'matrix';
/** What auditors do stands in the same journal. */
const AUDIT = 'audit';
const reaches = (scope: Scope, kind?: string): boolean => {
  if (kind === AUDIT) return audits(scope);
  return kind === MATRIX ? keepsMatrix(scope) : administers(scope);
};
const reached = (scope: Scope) => (administers(scope) ? {} : { kind: MATRIX });

/** Throws OUT_OF_SCOPE for whom the setup, or this kind of it, is not. */
export const demandSetup = (scope: Scope, kind?: string): void => {
  if (!reaches(scope, kind)) throw new DomainError('OUT_OF_SCOPE');
};

export type SetupEvent = {
  readonly id: string;
  readonly at: Instant;
  readonly personId: string | null;
  readonly kind: string;
  readonly changeId: string | null;
  readonly data: unknown;
};

/** Append-only: who did what to the setup, of which kind of change. Throws OUT_OF_SCOPE. */
export const insertSetupEvent = async (tx: Tx, scope: Scope, event: SetupEvent, kind?: string): Promise<void> => {
  demandSetup(scope, kind);
  await tx.setupEvent.create({ data: { ...event, at: toDate(event.at), data: event.data as object } });
};

/** The newest first. */
export const findSetupEvents = async (tx: Tx, scope: Scope, limit: number): Promise<SetupEvent[]> => {
  if (!administers(scope)) return [];
  const rows = await tx.setupEvent.findMany({ orderBy: [{ at: 'desc' }, { id: 'desc' }], take: limit });
  return rows.map((row) => ({ ...row, at: fromDate(row.at) }));
};

/** The regulations in use with their version, or null before any are installed. They are no secret. */
export const findRegulations = async (
  tx: Tx,
  _scope: Scope,
): Promise<{ version: number; document: Regulations } | null> => {
  const row = await tx.regulations.findFirst({ orderBy: { version: 'desc' } });
  return row && { version: row.version, document: storedRegulations(row.document) };
};

/** Every version that there was, without its document, the newest first. */
export const findRegulationVersions = async (
  tx: Tx,
  scope: Scope,
): Promise<{ version: number; fromOn: string | null; changeId: string | null; createdAt: Instant }[]> => {
  if (!administers(scope)) return [];
  const rows = await tx.regulations.findMany({ omit: { document: true }, orderBy: { version: 'desc' } });
  return rows.map(({ fromOn, createdAt, ...row }) => ({
    ...row,
    fromOn: fromOn?.toISOString().slice(0, 10) ?? null,
    createdAt: fromDate(createdAt),
  }));
};

export type NewRegulations = {
  readonly version: number;
  readonly document: Regulations;
  readonly fromOn: string | null;
  readonly changeId: string | null;
  readonly at: Instant;
};

/** Adds a version of the regulations. Processes see it once the organisation's version is raised. Throws OUT_OF_SCOPE. */
export const insertRegulations = async (tx: Tx, scope: Scope, row: NewRegulations): Promise<void> => {
  demandSetup(scope);
  await tx.$executeRaw`
    insert into regulations (version, document, from_on, change_id, created_at)
    values (${row.version}, ${JSON.stringify(row.document)}::jsonb, ${row.fromOn}::date, ${row.changeId}::uuid, ${toDate(row.at)})`;
};

/** By this every process knows that its world has changed. Throws OUT_OF_SCOPE. */
export const raiseOrganisationVersion = async (tx: Tx, scope: Scope): Promise<void> => {
  demandSetup(scope, MATRIX);
  await tx.organisationVersion.updateMany({ where: { id: 1 }, data: { version: { increment: 1 } } });
};

/** One decision about the setup at a time: what it is compared with must not change under it. */
export const lockSetup = async (tx: Tx, scope: Scope): Promise<void> => {
  demandSetup(scope, MATRIX);
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('organisation'))`;
};

type ChangeRow = Omit<ProposedChange, 'proposedAt' | 'decidedAt' | 'state'> & {
  proposedAt: Date;
  decidedAt: Date | null;
  state: string;
};
const changeOf = (row: ChangeRow): ProposedChange => ({
  ...row,
  state: row.state as ChangeState,
  proposedAt: fromDate(row.proposedAt),
  decidedAt: fromDateOrNull(row.decidedAt),
});

type NewChange = Pick<ProposedChange, 'id' | 'kind' | 'payload' | 'note' | 'proposedBy' | 'proposedAt'>;

/** Throws OUT_OF_SCOPE. */
export const insertChange = async (tx: Tx, scope: Scope, change: NewChange): Promise<void> => {
  demandSetup(scope, change.kind);
  const { payload, proposedAt, ...row } = change;
  const data = { ...row, payload: payload as object, proposedAt: toDate(proposedAt), state: 'proposed' };
  await tx.proposedChange.create({ data });
};

/** What is still open first, then the latest decided. */
export const findChanges = async (tx: Tx, scope: Scope, limit: number): Promise<ProposedChange[]> => {
  if (!keepsMatrix(scope)) return [];
  const open = await tx.proposedChange.findMany({
    where: { ...reached(scope), state: 'proposed' },
    orderBy: { proposedAt: 'desc' },
  });
  const decided = await tx.proposedChange.findMany({
    where: { ...reached(scope), state: { not: 'proposed' } },
    orderBy: { decidedAt: 'desc' },
    take: limit,
  });
  return [...open, ...decided].map(changeOf);
};

export const findChange = async (tx: Tx, scope: Scope, id: string): Promise<ProposedChange | null> => {
  if (!keepsMatrix(scope)) return null;
  const row = await tx.proposedChange.findFirst({ where: { ...reached(scope), id } });
  return row && changeOf(row);
};

type Decided = {
  readonly id: string;
  readonly expectedVersion: number;
  readonly state: Exclude<ChangeState, 'proposed'>;
  readonly by: string;
  readonly at: Instant;
  readonly decision: string | null;
};

/** Compare-and-set on state and version. Throws STALE, OUT_OF_SCOPE. */
export const decideChange = async (tx: Tx, scope: Scope, d: Decided): Promise<void> => {
  demandSetup(scope, MATRIX);
  const { count } = await tx.proposedChange.updateMany({
    where: { ...reached(scope), id: d.id, state: 'proposed', stateVersion: d.expectedVersion },
    data: {
      state: d.state,
      decidedBy: d.by,
      decidedAt: toDate(d.at),
      decision: d.decision,
      stateVersion: { increment: 1 },
    },
  });
  if (count === 0) throw new DomainError('STALE');
};
