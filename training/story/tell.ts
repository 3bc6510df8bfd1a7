import type { Organisation } from '#domain/organisation.ts';
import { instant, local } from '#domain/time.ts';
import type { Line } from './lines.ts';

const DAYS = ['man', 'tir', 'ons', 'tor', 'fre', 'lør', 'søn'];

const ACTS: Readonly<Record<string, string>> = {
  'register-inquiry': 'registrerer en henvendelse',
  'submit-notification': 'sender en underretning',
  'acknowledge-referral': 'tager sagen og bekræfter',
  'assess-referral': 'foretager 24-timers vurderingen',
  'decide-referral': 'træffer afgørelse',
  'finish-examination': 'afslutter undersøgelsen',
  'start-measure': 'sætter en indsats i gang',
  'follow-up-measure': 'følger op på indsatsen',
  'give-feedback': 'orienterer underretter',
  'propose-handover': 'foreslår overdragelse',
  'decline-handover': 'afviser overdragelsen og peger tilbage',
  'claim-in-dispute': 'begrunder sit standpunkt i uenigheden',
  'decide-dispute': 'afgør uenigheden',
  'act-on-clock': 'Systemet handler, fordi en frist er nået',
  'claim-due-clocks': 'Systemet minder om en frist',
  'record-mail': 'Mail er afleveret',
};

const CLOCKS: Readonly<Record<string, string>> = {
  receipt: 'kvittering',
  acknowledge: 'bekræftelse',
  'assess-24h': '24-timers vurdering',
  handover: 'svar på overdragelse',
  feedback: 'orientering',
  investigation: 'undersøgelse',
  'follow-up': 'opfølgning',
};

const two = (n: number): string => String(n).padStart(2, '0');
const when = (at: string): string => {
  const { dayOfWeek, day, month, year, hour, minute } = local(instant(at));
  return `${DAYS[dayOfWeek - 1]} ${two(day)}.${two(month)}.${year} kl. ${two(hour)}.${two(minute)}`;
};

const clockName = (kind: string): string =>
  kind.startsWith('ladder.') ? `uenighedens trin ${kind.slice('ladder.'.length)}` : (CLOCKS[kind] ?? kind);

/** A line as a Danish reader wants it in a terminal; `thread` says which of the three it belongs to. */
export const tell = (line: Line, thread: string, { people, units }: Organisation): string => {
  const who = people.get(line.actor)?.title;
  const did = ACTS[line.act] ?? line.act;
  const unit = units.get(line.owner);
  // Several units are called the same within their centre.
  const centre = units.get(unit?.parent ?? '')?.short;
  const owner = [unit?.name ?? line.owner, ...(centre ? [`(${centre})`] : [])].join(' ');
  const provisional = line.provisional === null ? '' : ' (foreløbigt)';
  return [
    `${when(line.at)}  ${thread}: ${who ? `${who} ${did}` : did}.`,
    ...(line.act === 'record-mail' ? [] : [`    Ansvar: ${owner}${provisional}.`]),
    ...line.mails.map(({ to, subject }) => `    Mail til ${to}: ${subject}`),
    ...(line.act === 'record-mail'
      ? []
      : line.due.map(({ kind, at }) => `    Frist for ${clockName(kind)}: ${when(at)}`)),
  ].join('\n');
};

const INVARIANTS: Readonly<Record<string, string>> = {
  oneOwner: 'Der var præcis én ansvarlig enhed på ethvert tidspunkt',
  ladderOnTime: 'Hvert trin begyndte og sluttede, når stigen siger',
  receiptInTime: 'Kvitteringer kom inden fristen',
  assessedIn24Hours: '24-timers vurderinger blev foretaget til tiden',
  investigatedIn4Months: 'Undersøgelser blev afsluttet inden fire måneder',
  feedbackInTime: 'Orienteringer kom inden fristen',
  everyClockDerived: 'Hver frist kan forklares',
  journalIntact: 'Journalen er ubrudt',
  nothingTwice: 'Intet er registreret to gange',
  mailsImpersonal: 'Ingen mail indeholdt personoplysninger',
};

export const tellInvariant = (name: string, holds: boolean): string =>
  `${holds ? 'Holder' : 'HOLDER IKKE'}: ${INVARIANTS[name] ?? name}.`;
