import { useTranslation } from 'react-i18next';
import type { Matter } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';

type One = Matter['said'][number];

/** Which unit it concerns, and which one it names. */
const usePointing = (): ((one: One) => string | null) => {
  const { t } = useTranslation();
  return ({ kind, unit, whose }) => {
    if (!unit || !whose) return unit?.name ?? whose?.name ?? null;
    const names = { unit: unit.name, whose: whose.name };
    return kind === 'handover-proposed' ? t('matter.asks', names) : t('matter.points', names);
  };
};

/** The record that every side sees, newest first. */
export const Said = ({ matter }: { readonly matter: Matter }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const pointing = usePointing();
  if (matter.said.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="said">
      <h2 id="said">{t('matter.said')}</h2>
      <ol className="timeline nobullet-list">
        {matter.said.toReversed().map((one) => (
          <li key={one.seq} className="event event-acts">
            <p className="event-when">
              <time dateTime={one.at}>{when(one.at, 'full')}</time>
            </p>
            <p className="event-name">{text(one.name)}</p>
            {pointing(one) ? <p>{pointing(one)}</p> : null}
            {one.detail ? <p>{text(one.detail)}</p> : null}
            {one.basis ? (
              <p>
                {t('matter.basis')}: {one.basis}
              </p>
            ) : null}
            {one.text ? <p className="as-written">{one.text}</p> : null}
            {one.shows ? (
              <p className="as-written">
                {t('disputes.shows')} {one.shows}
              </p>
            ) : null}
            <p className="muted">{one.actor ?? t('case.timeline.system')}</p>
          </li>
        ))}
      </ol>
    </section>
  );
};
