import type { Standing } from './conflict-floor.ts';
import type { Reason } from './errors.ts';
import type { Decision } from './referral.ts';
import type { Needed } from './restriction.ts';

/** How a case's list has changed. Person ids. */
export type ListChange = {
  /** `changed`: restricted before and after. */
  readonly became: 'restricted' | 'changed' | 'lifted';
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Added by the rule that somebody must be. */
  readonly widened: readonly string[];
  /** Of those, whom this case needs: they are told by mail. */
  readonly told: readonly string[];
};

/** Whom the rule named, by the case that needed them. */
export type NamedByRule = ReadonlyMap<string, readonly Needed[]>;

/**
 * What an act did to the list of one case, of whichever unit; null where nothing. `byRule`: whom the rule named, by the case
 * that needed them. A case that the act's own journal tells of (`saidIn`) is told what the rule did alone.
 */
export const listChange = (
  before: readonly Standing[],
  after: Standing,
  byRule: NamedByRule,
  saidIn: string | null,
): ListChange | null => {
  const then = before.find(({ id }) => id === after.id);
  if (!then) return null;
  const [was, is] = [then.restricted?.named ?? [], after.restricted?.named ?? []];
  const rule = new Set([...byRule.values()].flat().map(({ person }) => person));
  const came = is.filter((id) => !was.includes(id));
  const isSame = after.id === saidIn || (then.restricted === null) === (after.restricted === null);
  const change: ListChange = {
    became: isSame ? 'changed' : after.restricted ? 'restricted' : 'lifted',
    added: after.id === saidIn ? [] : came.filter((id) => !rule.has(id)),
    removed: after.id === saidIn || after.restricted === null ? [] : was.filter((id) => !is.includes(id)),
    widened: came.filter((id) => rule.has(id)),
    // Who re-assesses it has been told when they were asked to.
    told: came.filter((id) => byRule.get(after.id)?.some(({ person, as }) => person === id && as !== 'reassess')),
  };
  const { became, added, removed, widened } = change;
  return became === 'changed' && added.length + removed.length + widened.length === 0 ? null : change;
};

/** The lines of the case's journal, and the mails. `change`: the act's id, by which it is told once. */
export const tellList = (
  { became, added, removed, widened, told }: ListChange,
  change: string,
  acute: boolean,
): Required<Pick<Decision, 'patch' | 'facts' | 'mails'>> => ({
  patch: {},
  facts: [
    ...(became === 'lifted' ? [{ kind: 'restriction-lifted', data: { change } }] : []),
    ...(became === 'restricted' || added.length + removed.length > 0
      ? [{ kind: 'restricted', data: { added, removed, change } }]
      : []),
    ...(widened.length > 0 ? [{ kind: 'restriction-widened', data: { people: widened, change } }] : []),
  ],
  mails: told.map((person) => ({ template: 'referral-received', to: { person }, exempt: acute })),
});

/** A line of the journal: whom the case was opened and closed to, by title; null where nobody was. */
export const listDetail = (added: unknown, removed: unknown, title: (id: unknown) => string): Reason | null => {
  const of = (ids: unknown): string => (Array.isArray(ids) ? ids.map(title).join('; ') : '');
  const [came, went] = [of(added), of(removed)];
  const said = (to: string, from: string): string =>
    [came && `${to} ${came}`, went && `${from} ${went}`].filter(Boolean).join('. ');
  return came || went ? { da: said('Åbnet for', 'Lukket for'), en: said('Opened to', 'Closed to') } : null;
};
