/** What happened, in codes, ids and instants; personal words go into `sealed`. */
export type Fact = {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** When it happened; registered is the transaction's own instant. */
  readonly occurredAt?: string;
  readonly sealed?: unknown;
};

export type ChainedEvent = {
  readonly referralId: string;
  readonly seq: number;
  readonly kind: string;
  readonly occurredAt: string;
  readonly registeredAt: string;
  readonly actorId: string | null;
  readonly actorUnitId: string | null;
  readonly actorRole: string | null;
  readonly data: unknown;
};

/** Facts that follow from another act by a rule of the system's, whoever did the act. */
export const BY_RULE: Readonly<Record<string, string>> = {
  routed: 'routing',
  owned: 'ownership',
  'clocks-started': 'deadlines',
  'restriction-widened': 'named-people',
  'task-raised': 'tasks',
  'task-passed': 'tasks',
  'reassessment-opened': 'reassessment',
  'reassessment-lapsed': 'reassessment',
};

class OutOfOrder extends Error {}

/** A copy whose objects name their keys in order. Throws OutOfOrder where one cannot: an object names numbers first. */
const inOrder = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const made: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    // Numbers begin with a digit, and digits come before the colon; to set that other name would set the prototype.
    if (key < ':' || key === '__proto__') throw new OutOfOrder();
    made[key] = inOrder(value[key as keyof typeof value]);
  }
  return made;
};

/** The same text piece by piece, which takes twice as long. */
const spelt = (value: unknown): string => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(spelt).join(',')}]`;
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const one: unknown = value[key as keyof typeof value];
    if (one !== undefined) text += `${text && ','}${JSON.stringify(key)}:${spelt(one)}`;
  }
  return `{${text}}`;
};

/** JSON with sorted keys: the same value always gives the same text, whatever order the database returns. */
export const canonical = (value: unknown): string => {
  try {
    return JSON.stringify(inOrder(value)) ?? 'null';
  } catch (error) {
    if (error instanceof OutOfOrder) return spelt(value);
    throw error;
  }
};

/** The open content of an event, as the digest covers it together with the sealed bytes. */
export const eventText = (e: ChainedEvent): string =>
  canonical([e.referralId, e.seq, e.kind, e.occurredAt, e.registeredAt, e.actorId, e.actorUnitId, e.actorRole, e.data]);

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Before the first of a chain: of a referral's events, of seals, of anchors. */
export const GENESIS = new Uint8Array(32);
