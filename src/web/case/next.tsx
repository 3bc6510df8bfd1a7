import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';
import { keyed } from './keyed.ts';

type Thing = Case['next'][number];

const Told = ({ to }: Pick<Thing, 'to'>) => {
  const { t } = useTranslation();
  const when = useWhen();
  if (to.length === 0) return null;
  const held = to.find(({ heldUntil }) => heldUntil !== null)?.heldUntil;
  return (
    <span className="line muted">
      {t('clocks.next.told', { who: to.map(({ title }) => title).join('; ') })}
      {held ? ` ${t('clocks.next.held', { when: when(held) })}` : null}
    </span>
  );
};

const Things = ({ things }: { readonly things: readonly Thing[] }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const keys = keyed(things.map(({ at, what, detail }) => `${at} ${what.en} ${detail?.en}`));
  return (
    <ol className="nobullet-list next-things">
      {things.map((thing, n) => (
        <li key={keys[n]?.[0]}>
          <span className="line muted">{when(thing.at)}</span>
          <strong>
            {thing.kind === 'alarm' ? t('clocks.next.alarm', { what: text(thing.what) }) : text(thing.what)}
          </strong>
          {thing.detail ? <span className="line">{text(thing.detail)}</span> : null}
          <Told to={thing.to} />
        </li>
      ))}
    </ol>
  );
};

/** More than these would push on a small screen what the case is about far down. */
const FIRST = 4;

/** What happens by itself unless somebody acts before: reminders, and what the system does. */
export const Next = ({ things }: { readonly things: readonly Thing[] }) => {
  const { t } = useTranslation();
  const later = things.slice(FIRST);
  return (
    <section className="panel" aria-labelledby="next">
      <h2 id="next">{t('clocks.next.heading')}</h2>
      <p className="muted">{t(things.length > 0 ? 'clocks.next.lead' : 'clocks.next.none')}</p>
      <Things things={things.slice(0, FIRST)} />
      {later.length > 0 ? (
        <details>
          <summary>{t('clocks.next.more', { count: later.length })}</summary>
          <Things things={later} />
        </details>
      ) : null}
    </section>
  );
};
