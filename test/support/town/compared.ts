import type { Place } from '#test/model/matter-record.ts';
import type { Town } from './busy-town.ts';
import { replayed, saidOf } from './story.ts';

const iso = (at: Date | null | undefined): string => (at ? at.toISOString() : '-');

type Standing = Awaited<ReturnType<typeof readStanding>>[number];

const readStanding = ({ world: { deps } }: Town) =>
  deps.db.referral.findMany({
    include: {
      handovers: true,
      disputes: { orderBy: { raisedAt: 'asc' } },
      deadlines: { where: { state: 'running', kind: { in: ['acknowledge', 'handover', 'return-check'] } } },
    },
  });

/** The same words as the second model's, of what stands in the tables. */
const storedOf = (row: Standing): string[] => {
  const clock = (kind: string) => row.deadlines.find((one) => one.kind === kind);
  const proposed = row.handovers.find(({ state }) => state === 'proposed');
  const answer = `${iso(clock('handover')?.dueAt)}, back ${iso(clock('return-check')?.dueAt)}`;
  return [
    `owner ${row.ownerUnitId} for ${row.responsibleUnitId}${row.acute ? ', acute' : ''}`,
    `acknowledge ${iso(clock('acknowledge')?.dueAt)}`,
    `hand-over ${proposed ? `${proposed.fromUnitId} → ${proposed.toUnitId} ${answer}` : '-'}`,
    ...row.disputes.map(({ kind, awaited, raisedAt, endedAt, state, step, stepEndsAt, partyUnitIds, handoverId }) => {
      const on = state === 'open' ? ` step ${step} until ${iso(stepEndsAt)}` : ` at step ${step}`;
      const about = iso(row.handovers.find(({ id }) => id === handoverId)?.proposedAt);
      const what = awaited === null ? kind : `${kind} of ${awaited}`;
      return `${what} ${iso(raisedAt)}–${iso(endedAt)} ${state}${on}: ${partyUnitIds.toSorted().join(', ')}; hand-over ${about}`;
    }),
  ];
};

/** Referrals of which the rules say otherwise than the tables: by id, what differs. */
export const compared = async (town: Town, place: Place): Promise<Map<string, string>> => {
  const differing = new Map<string, string>();
  for (const row of await readStanding(town)) {
    const story = town.stories.get(row.id);
    if (!story) continue;
    const rules = saidOf(replayed(story, place, town.now.epochMilliseconds));
    const tables = storedOf(row);
    if (rules.join('\n') === tables.join('\n')) continue;
    const off = (some: readonly string[], others: readonly string[]) => some.filter((one) => !others.includes(one));
    differing.set(row.id, ['rules:', ...off(rules, tables), 'tables:', ...off(tables, rules), ''].join('\n'));
  }
  return differing;
};
