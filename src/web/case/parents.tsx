import { useTranslation } from 'react-i18next';
import type { Case } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useText, useWhen } from '../components/language.ts';

const KINDS: ReadonlySet<string> = new Set([
  'parents-told',
  'parents-heard',
  'parents-left-untold',
  'parents-held',
  'parents-released',
  'hearing-begun',
  'hearing-ended',
]);

/** For whom of the parents it was released, as long as nothing has held it again: nobody else may be told. */
export const ReleasedFor = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const released = item.timeline.find(({ kind }) => kind === 'parents-released');
  if (!released?.whom || item.parentsHold.length > 0) return null;
  return (
    <Alert tone="info">
      <p>
        <strong>{t('parents.releasedFor', { whom: released.whom })}</strong>
      </p>
      <p>{t('parents.releasedOnly')}</p>
    </Alert>
  );
};

/** Whether, when and by whom the parents were told and heard, and whether anything may reach them at all. */
export const Parents = ({ item }: { readonly item: Case }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const lines = item.timeline.filter(({ kind }) => KINDS.has(kind));
  const hearing = item.clocks.find(({ kind, state }) => kind === 'partshoring' && state === 'running');
  return (
    <section className="panel" aria-labelledby="parents">
      <h2 id="parents">{t('parents.heading')}</h2>
      {item.parentsHold.length > 0 ? (
        <Alert tone="warning">
          <p>
            <strong>{t('parents.held')}</strong>
          </p>
          {item.parentsHold.map((why) => (
            <p key={why.en}>{text(why)}</p>
          ))}
          <p>{t('parents.heldTold')}</p>
        </Alert>
      ) : null}
      <ReleasedFor item={item} />
      {hearing ? <p>{t('parents.hearing', { when: when(hearing.dueAt) })}</p> : null}
      {lines.length === 0 ? <p className="muted">{t('parents.nothing')}</p> : null}
      <ul className="nobullet-list progress-list">
        {lines.map(({ seq, name, detail, whom, at, actor }) => (
          <li key={seq}>
            <strong>{text(name)}</strong>
            {detail ? `. ${text(detail)}` : null}
            {whom ? <p className="as-written">{t('parents.whom', { whom })}</p> : null}
            <p className="muted">{t('parents.by', { who: actor ?? '', when: when(at, 'full') })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
};
