import { useTranslation } from 'react-i18next';
import { Icon } from '../components/icon.tsx';
import { useWide } from '../use-wide.ts';
import type { Step } from './steps.ts';

/** What makes a good notification: beside the step where there is room, folded into it where there is not. */
type Props = { readonly step: Step; readonly place: 'beside' | 'inside' };

export const Guidance = ({ step, place }: Props) => {
  const { t } = useTranslation();
  const wide = useWide(1200);
  if (wide !== (place === 'beside')) return null;
  const advice = Object.values(t(`guidance.${step}`, { returnObjects: true }));
  const list = (
    <ul className="guidance-list">
      {advice.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
  if (wide) {
    return (
      <aside className="guidance" aria-label={t('form.guidanceLabel')}>
        <h2>
          <Icon name="info" />
          {t('guidance.title')}
        </h2>
        {list}
      </aside>
    );
  }
  return (
    <details className="guidance-folded">
      <summary>
        <Icon name="info" />
        <span>{t('guidance.title')}</span>
      </summary>
      {list}
    </details>
  );
};
