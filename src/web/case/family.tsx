import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Case, FamilyLine } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import { Phone } from '../components/phone.tsx';

const Line = ({ line }: { readonly line: FamilyLine }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const { own, unit, phone } = line;
  return (
    <li>
      {own ? (
        <Link to="/sag/$referralId" params={{ referralId: own.id }}>
          {t('case.title', { number: own.caseNumber })}
        </Link>
      ) : (
        <>
          {unit}, <Phone number={phone} />
        </>
      )}{' '}
      {own?.closed ? <Badge>{t('family.earlier.closed')}</Badge> : null}
      <p className="muted">{t('family.earlier.received', { when: when(line.receivedAt, 'day') })}</p>
    </li>
  );
};

/** Referrals of a child or of its siblings: one's own lead to their pages, of others it is told where and since when. */
export const FamilyLines = ({ lines }: { readonly lines: readonly FamilyLine[] }) => {
  const { t } = useTranslation();
  return (
    <>
      <ul className="nobullet-list progress-list">
        {lines.map((line) => (
          <Line key={`${line.own?.id ?? line.unit} ${line.receivedAt}`} line={line} />
        ))}
      </ul>
      {lines.some(({ own }) => own === null) ? <p className="muted">{t('family.earlier.elsewhere')}</p> : null}
    </>
  );
};

/** One history per child: its other referrals, its siblings', and what binds its records together. */
export const Family = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const { earlier, siblings, links } = item;
  return (
    <section className="panel" aria-labelledby="family">
      <h2 id="family">{t('family.earlier.heading')}</h2>
      {earlier.length > 0 ? <FamilyLines lines={earlier} /> : <p>{t('family.earlier.none')}</p>}
      {siblings.length > 0 ? (
        <>
          <h3>{t('family.siblings.heading')}</h3>
          <FamilyLines lines={siblings} />
        </>
      ) : null}
      {links.length > 0 ? (
        <>
          <h3>{t('family.links.heading')}</h3>
          <ul className="nobullet-list progress-list">
            {links.map(({ id, kind, by, at }) => (
              <li key={id}>
                {t(`family.links.${kind}`)}
                <p className="muted">{t('family.links.by', { who: by, when: when(at, 'day') })}</p>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
};
