import type { Scope } from '#domain/scope.ts';
import type { ReadEntry, SealedWhat } from '#domain/seals.ts';
import type { Instant } from '#domain/time.ts';
import { fromDate, sql, type Tx, toDate } from './db.ts';

/** The system's own, all of it: a seal is over everybody's reads and every referral. */
const everything = (scope: Scope) => sql`${scope.unitIds === 'all'}`;

/** What a seal covers of a read; computed by PostgreSQL from the row as it stands, so that nothing is carried over. */
const readDigest = sql`sha256(convert_to(jsonb_build_array(l.id, (extract(epoch from l.at) * 1000)::bigint, l.person_id,
  l.unit_id, l.role, l.purpose, l.referral_ids, l.child_ids, encode(l.mac, 'hex'))::text, 'UTF8'))`;
const readsDigest = sql`sha256(coalesce(string_agg(${readDigest}, ''::bytea order by l.id), ''::bytea))`;
const headsDigest = sql`sha256(coalesce(string_agg(uuid_send(h.referral_id) || int4send(h.event_count) || h.head_hash,
  ''::bytea order by h.referral_id, h.event_count), ''::bytea))`;

export type LastSeal = { seq: number; at: Instant; hash: Uint8Array };

/** The last seal, for whoever seals next: one process at a time, because the head's row is held until its transaction ends. */
export const lockLastSeal = async (tx: Tx, scope: Scope): Promise<LastSeal | null> => {
  await tx.$executeRaw`
    insert into journal_head (id, seal_seq, mac) select 1, 0, ''::bytea where ${everything(scope)} on conflict do nothing`;
  const [head] = await tx.$queryRaw<{ seq: number }[]>`
    select seal_seq as seq from journal_head where ${everything(scope)} for update`;
  // A statement of its own: the one that waited for the lock does not see what was stored meanwhile.
  const rows = await tx.$queryRaw<{ seq: number; at: Date; hash: Uint8Array }[]>`
    select seq, at, hash from journal_seal where seq = ${head?.seq ?? 0}`;
  const last = rows[0];
  return last ? { ...last, at: fromDate(last.at) } : null;
};

/** Reads that no seal covers yet, with the key over each, at most `limit`, oldest ids first; `until`: of those alone that count as read by then. */
export const findUnsealedReads = (
  tx: Tx,
  scope: Scope,
  until: Instant | null,
  limit: number,
): Promise<(ReadEntry & { mac: Uint8Array })[]> =>
  tx.$queryRaw`
    select id::text as id, person_id as "personId", unit_id as "unitId", role, purpose,
      referral_ids::text[] as "referralIds", child_ids::text[] as "childIds", mac
    from read_log where seal_seq is null and ${until ? sql`at <= ${toDate(until)}` : sql`true`} and ${everything(scope)} order by id limit ${limit}`;

/**
 * Puts those reads, and every chain that has grown since an hour before the last seal, under seal `seq`. A chain that ends
 * after now is that of an anonymous notification before the instant it is known by: a seal would tell its minute.
 */
export const coverBySeal = async (
  tx: Tx,
  scope: Scope,
  seq: number,
  readIds: readonly string[],
  since: Instant | null,
  now: Instant,
): Promise<SealedWhat> => {
  await tx.$executeRaw`
    update read_log set seal_seq = ${seq} where id = any(${readIds}::uuid[]) and ${everything(scope)}`;
  const grown = since
    ? sql`r.id in (select referral_id from case_event where registered_at >= ${toDate(since.subtract({ hours: 1 }))})`
    : sql`true`;
  await tx.$executeRaw`
    insert into sealed_head (referral_id, event_count, head_hash, seal_seq)
    select r.id, r.event_count, r.head_hash, ${seq} from referral r
    where ${grown} and ${everything(scope)}
      and (select max(registered_at) from case_event e where e.referral_id = r.id) <= ${toDate(now)}
      and not exists (select from sealed_head h where h.referral_id = r.id and h.event_count >= r.event_count)`;
  const rows = await tx.$queryRaw<SealedWhat[]>`
    select (select count(*)::int from read_log l where l.seal_seq = ${seq}) as reads,
      (select ${readsDigest} from read_log l where l.seal_seq = ${seq}) as "readsDigest",
      (select count(*)::int from sealed_head h where h.seal_seq = ${seq}) as heads,
      (select ${headsDigest} from sealed_head h where h.seal_seq = ${seq}) as "headsDigest"
    where ${everything(scope)}`;
  return rows[0] ?? { reads: 0, readsDigest: new Uint8Array(), heads: 0, headsDigest: new Uint8Array() };
};

type SealRow = { seq: number; previous: Uint8Array; hash: Uint8Array };

/** Stores the seal, and that it is the last. */
export const insertSeal = async (tx: Tx, scope: Scope, s: SealRow, mac: Uint8Array, now: Instant): Promise<void> => {
  await tx.$executeRaw`
    insert into journal_seal (seq, at, previous, hash)
    select ${s.seq}, ${toDate(now)}::timestamptz, ${s.previous}, ${s.hash} where ${everything(scope)}`;
  await tx.$executeRaw`update journal_head set seal_seq = ${s.seq}, mac = ${mac} where ${everything(scope)}`;
};

export type StoredSeal = SealedWhat & { seq: number; atMs: number; previous: Uint8Array; hash: Uint8Array };

/** Seals by their number, each with what stands under it now. */
export const findSeals = async (tx: Tx, scope: Scope, afterSeq: number, limit: number): Promise<StoredSeal[]> => {
  const rows = await tx.$queryRaw<(Omit<StoredSeal, 'atMs'> & { at: Date })[]>`
    with s as (
      select * from journal_seal where seq > ${afterSeq} and ${everything(scope)} order by seq limit ${limit}),
    reads as (select l.seal_seq, count(*)::int as n, ${readsDigest} as digest from read_log l
      where l.seal_seq in (select seq from s) group by 1),
    heads as (select h.seal_seq, count(*)::int as n, ${headsDigest} as digest from sealed_head h
      where h.seal_seq in (select seq from s) group by 1)
    select s.seq, s.at, s.previous, s.hash, coalesce(l.n, 0) as reads, coalesce(l.digest, sha256('')) as "readsDigest",
      coalesce(h.n, 0) as heads, coalesce(h.digest, sha256('')) as "headsDigest"
    from s left join reads l on l.seal_seq = s.seq left join heads h on h.seal_seq = s.seq order by s.seq`;
  return rows.map(({ at, ...row }) => ({ ...row, atMs: at.getTime() }));
};

export type LooseEnds = {
  /** What the head's row says, and how many seals there are. */
  headSeq: number | null;
  headMac: Uint8Array | null;
  seals: number;
  reads: number;
  /** Reads and heads under a seal that is not there. */
  strays: number;
  /** Chains that do not hold, at its place, what a seal has seen there. */
  changed: string | null;
};

/** What no single seal can tell; null for whoever may not look at all of them. */
export const findLooseEnds = async (tx: Tx, scope: Scope): Promise<LooseEnds | null> => {
  const rows = await tx.$queryRaw<LooseEnds[]>`
    select (select seal_seq from journal_head) as "headSeq", (select mac from journal_head) as "headMac",
      (select count(*)::int from journal_seal) as seals, (select count(*)::int from read_log) as reads,
      (select count(*)::int from read_log l where l.seal_seq is not null
        and not exists (select from journal_seal s where s.seq = l.seal_seq))
      + (select count(*)::int from sealed_head h where not exists (select from journal_seal s where s.seq = h.seal_seq))
        as strays,
      (select h.referral_id::text from sealed_head h
        left join case_event e on e.referral_id = h.referral_id and e.seq = h.event_count
        where e.hash is distinct from h.head_hash order by h.referral_id limit 1) as changed
    where ${everything(scope)}`;
  return rows[0] ?? null;
};

export type StoredAnchor = {
  seq: number;
  at: Instant;
  sealSeq: number;
  /** Of the seal that it is over, as it stands now; null when that is gone. */
  sealHash: Uint8Array | null;
  events: number;
  reads: number;
  previous: Uint8Array;
  hash: Uint8Array;
};

/** Anchors by their number. */
export const findAnchors = async (tx: Tx, scope: Scope): Promise<StoredAnchor[]> => {
  const rows = await tx.$queryRaw<
    (Omit<StoredAnchor, 'at' | 'events' | 'reads'> & Record<'events' | 'reads', bigint> & { at: Date })[]
  >`
    select a.seq, a.at, a.seal_seq as "sealSeq", s.hash as "sealHash", a.events, a.reads, a.previous, a.hash
    from journal_anchor a left join journal_seal s on s.seq = a.seal_seq where ${everything(scope)} order by a.seq`;
  return rows.map((a) => ({ ...a, at: fromDate(a.at), events: Number(a.events), reads: Number(a.reads) }));
};

/** How much is under seal until `seq`: events of the longest sealed chains, and reads. */
export const countSealed = async (tx: Tx, scope: Scope): Promise<{ events: number; reads: number }> => {
  const rows = await tx.$queryRaw<{ events: bigint; reads: bigint }[]>`
    select coalesce((select sum(n) from (select max(event_count) as n from sealed_head group by referral_id) h), 0)::bigint
      as events, (select count(*) from read_log where seal_seq is not null) as reads where ${everything(scope)}`;
  return { events: Number(rows[0]?.events ?? 0), reads: Number(rows[0]?.reads ?? 0) };
};

export const insertAnchor = async (tx: Tx, scope: Scope, a: Omit<StoredAnchor, 'sealHash'>): Promise<void> => {
  await tx.$executeRaw`
    insert into journal_anchor (seq, at, seal_seq, events, reads, previous, hash)
    select ${a.seq}, ${toDate(a.at)}::timestamptz, ${a.sealSeq}, ${a.events}, ${a.reads}, ${a.previous}, ${a.hash}
    where ${everything(scope)}`;
};
