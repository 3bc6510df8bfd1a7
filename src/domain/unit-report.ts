/** What has followed so far: numbers by kind, and ids of referrals. Never personal data. */
export type Followed = {
  readonly referrals: number;
  /** Of them those that changed owner; another unit held the rest, or assessed it, or they were sides only. */
  readonly owners: number;
  readonly handovers: number;
  readonly disputes: number;
  /** Hand-overs and disputes that had one side left. */
  readonly ended: number;
  readonly tasks: number;
  readonly drafts: number;
  readonly people: number;
  /** Of a split, by part. */
  readonly parts: Readonly<Record<string, number>>;
  /** Case numbers of what no rule decided; the first so many. */
  readonly undecided: readonly string[];
  readonly undecidedCount: number;
  /** Everything has followed; from this instant on it is looked at once more. ISO 8601. */
  readonly settlesAt: string | null;
};

export const NOTHING_FOLLOWED: Followed = {
  referrals: 0,
  owners: 0,
  handovers: 0,
  disputes: 0,
  ended: 0,
  tasks: 0,
  drafts: 0,
  people: 0,
  parts: {},
  undecided: [],
  undecidedCount: 0,
  settlesAt: null,
};

/** So many are listed by number; more are counted. */
const MOST_LISTED = 500;

/** Two batches as one. */
export const addFollowed = (a: Followed, b: Partial<Followed>): Followed => {
  const sum = (
    key: 'referrals' | 'owners' | 'handovers' | 'disputes' | 'ended' | 'tasks' | 'drafts' | 'people' | 'undecidedCount',
  ): number => a[key] + (b[key] ?? 0);
  const parts = { ...a.parts };
  for (const [part, count] of Object.entries(b.parts ?? {})) parts[part] = (parts[part] ?? 0) + count;
  return {
    referrals: sum('referrals'),
    owners: sum('owners'),
    handovers: sum('handovers'),
    disputes: sum('disputes'),
    ended: sum('ended'),
    tasks: sum('tasks'),
    drafts: sum('drafts'),
    people: sum('people'),
    parts,
    undecided: [...a.undecided, ...(b.undecided ?? [])].slice(0, MOST_LISTED),
    undecidedCount: sum('undecidedCount'),
    settlesAt: b.settlesAt ?? a.settlesAt,
  };
};
