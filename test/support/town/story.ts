import { type Deed, openMatter, type Place, pass, type Referral, routed } from '#test/model/matter-record.ts';
import { tell } from '#test/model/matters.ts';

/** What happened to one referral, as people did it and as its ownership moved. */
export type Story = {
  readonly id: string;
  /** Null: the child is another, of whom no address is known. */
  postalCode: number | null;
  readonly matter: string;
  readonly begun: {
    readonly owner: string;
    readonly responsible: string;
    readonly at: number;
    readonly acute: boolean;
  };
  readonly deeds: Deed[];
};

/** Before the moves of ownership that come of it. */
const first = ({ act }: Deed): number => (act === 'owned' ? 1 : 0);

/** What the rules say of it now. */
export const replayed = ({ begun, deeds }: Story, place: Place, now: number): Referral => {
  const referral = routed(begun.owner, begun.responsible, begun.at, begun.acute);
  for (const deed of deeds.toSorted((a, b) => a.at - b.at || first(a) - first(b))) tell(referral, deed, place);
  pass(referral, now);
  return referral;
};

const iso = (at: number | null): string => (at === null ? '-' : new Date(at).toISOString());

/** One referral's disputes and escalations and the clocks that lead to them, as text that can be read when it differs. */
export const saidOf = (referral: Referral): string[] => {
  const { owner, responsible, acknowledge, handover, matters } = referral;
  const waits = referral.open ? acknowledge : null;
  const answer = handover?.state === 'waiting' ? handover : null;
  return [
    `owner ${owner} for ${responsible}${referral.acute ? ', acute' : ''}`,
    `acknowledge ${iso(waits?.clock.due ?? null)}`,
    `hand-over ${answer ? `${answer.from} → ${answer.to} ${iso(answer.clock.due)}, back ${iso(answer.backAt)}` : '-'}`,
    ...matters.map((matter) => {
      const { kind, raisedAt, endedAt, state, parties, rung, about, awaited } = matter;
      const step =
        matter === openMatter(referral) ? ` step ${rung.step} until ${iso(rung.endsAt)}` : ` at step ${rung.step}`;
      const what = awaited === null ? kind : `${kind} of ${awaited}`;
      return `${what} ${iso(raisedAt)}–${iso(endedAt)} ${state}${step}: ${parties.toSorted().join(', ')}; hand-over ${iso(about)}`;
    }),
  ];
};

/** Short enough to be read: what was done, by whom, when. */
export const told = ({ begun, deeds }: Story): string =>
  [
    `${iso(begun.at)} routed to ${begun.owner} for ${begun.responsible}${begun.acute ? ', acute' : ''}`,
    ...deeds
      .toSorted((a, b) => a.at - b.at || first(a) - first(b))
      .map(
        ({ at, act, ...more }) =>
          `${iso(at)} ${act} ${Object.values(more)
            .map((one) => (typeof one === 'function' ? '' : String(one)))
            .join(' ')}`,
      ),
  ].join('\n');
