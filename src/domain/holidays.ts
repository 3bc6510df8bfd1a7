/**
 * Decided for clocks that begin later only: those that ran by `since` (ISO 8601, UTC) know nothing of the day, or of its
 * end, and have it until `was`.
 */
export type Decided<Until> = {
  readonly since?: string;
  readonly ended?: readonly { readonly since: string; readonly was: Until }[];
};

/** A helligdag as dated data. `from`/`until`: calendar years, half-open. */
export type HolidayRule = {
  readonly id: string;
  readonly da: string;
  readonly en: string;
  /** A fixed `MM-DD`, or days after Easter Sunday. */
  readonly on: { readonly fixed: string } | { readonly easter: number };
  readonly from: number | null;
  readonly until: number | null;
  readonly source: string;
} & Decided<number | null>;

const FOLKEKIRKEN = 'folkekirkens helligdage; helligdagsforordningen af 26. marts 1770 (gengivet efter hukommelsen)';
const always = { from: null, until: null, source: FOLKEKIRKEN };

/** Danish public holidays. Constitution Day, Christmas Eve and New Year's Eve are none of them: they are closing days. */
export const HOLIDAYS: readonly HolidayRule[] = [
  { id: 'new-year', da: 'nytårsdag', en: "New Year's Day", on: { fixed: '01-01' }, ...always },
  { id: 'maundy-thursday', da: 'skærtorsdag', en: 'Maundy Thursday', on: { easter: -3 }, ...always },
  { id: 'good-friday', da: 'langfredag', en: 'Good Friday', on: { easter: -2 }, ...always },
  { id: 'easter-sunday', da: 'påskedag', en: 'Easter Sunday', on: { easter: 0 }, ...always },
  { id: 'easter-monday', da: '2. påskedag', en: 'Easter Monday', on: { easter: 1 }, ...always },
  {
    id: 'store-bededag',
    da: 'store bededag',
    en: 'Great Prayer Day',
    on: { easter: 26 },
    from: null,
    until: 2024,
    source: 'lov om konsekvenser ved afskaffelsen af store bededag som helligdag (2023): sidste gang i 2023',
  },
  { id: 'ascension', da: 'Kristi himmelfartsdag', en: 'Ascension Day', on: { easter: 39 }, ...always },
  { id: 'whit-sunday', da: 'pinsedag', en: 'Whit Sunday', on: { easter: 49 }, ...always },
  { id: 'whit-monday', da: '2. pinsedag', en: 'Whit Monday', on: { easter: 50 }, ...always },
  { id: 'christmas-day', da: 'juledag', en: 'Christmas Day', on: { fixed: '12-25' }, ...always },
  { id: 'boxing-day', da: '2. juledag', en: 'Boxing Day', on: { fixed: '12-26' }, ...always },
];

/** Names of the usual closing days; which days a municipality closes is its own data. */
export const CLOSING_DAY_NAMES: Readonly<Record<string, { readonly da: string; readonly en: string }>> = {
  '06-05': { da: 'grundlovsdag', en: 'Constitution Day' },
  '12-24': { da: 'juleaftensdag', en: 'Christmas Eve' },
  '12-31': { da: 'nytårsaftensdag', en: "New Year's Eve" },
};
