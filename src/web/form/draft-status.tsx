import { useTranslation } from 'react-i18next';
import { Alert } from '../components/alert.tsx';
import { useWhen } from '../components/language.ts';
import type { DraftState } from './use-draft.ts';

type Props = {
  readonly state: DraftState;
  readonly href: string;
  readonly settle: (keep: 'mine' | 'theirs') => unknown;
};

/** "Gemt kl. 10.15", read out politely; and what to do when a colleague has written in between. */
export const DraftStatus = ({ state, href, settle }: Props) => {
  const { t } = useTranslation();
  const when = useWhen();
  if (state.kind === 'stale') {
    return (
      <Alert tone="warning" heading={t('form.stale.title')} live>
        <p>{t('form.stale.text')}</p>
        <p>
          <a href={href} target="_blank" rel="noreferrer">
            {t('form.stale.look')}
          </a>
        </p>
        <div className="button-group">
          <button type="button" className="button button-primary" onClick={() => settle('mine')}>
            {t('form.stale.mine')}
          </button>
          <button type="button" className="button button-secondary" onClick={() => settle('theirs')}>
            {t('form.stale.theirs')}
          </button>
        </div>
      </Alert>
    );
  }
  const words = {
    saved: () => t('form.saved', { time: state.kind === 'saved' ? when(state.at, 'time') : '' }),
    saving: () => t('form.saving'),
    unsaved: () => t('form.unsaved'),
    gone: () => t('form.goneText'),
  }[state.kind]();
  return (
    <p className={`draft-status draft-${state.kind}`} role="status">
      {words}
    </p>
  );
};
