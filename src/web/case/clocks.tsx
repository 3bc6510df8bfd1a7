import { useTranslation } from 'react-i18next';
import type { CaseClock } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { DueWords } from '../components/due-words.tsx';
import { useLanguage, useText, useWhen } from '../components/language.ts';
import { keyed } from './keyed.ts';

const Derivation = ({ clock }: { readonly clock: CaseClock }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const text = useText();
  return (
    <details className="derivation">
      <summary>
        <span>
          {t('case.clocks.why')}
          <span className="sr-only"> {text(clock.name)}</span>
        </span>
      </summary>
      <ol>
        {keyed(clock.explanation[language]).map(([key, line]) => (
          <li key={key}>{line}</li>
        ))}
      </ol>
    </details>
  );
};

const Pause = ({ clock: { pause } }: { readonly clock: CaseClock }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  if (!pause) return null;
  return (
    <p>
      <Badge tone="info">{t('clocks.paused')}</Badge>{' '}
      {t('clocks.pausedUntil', { when: when(pause.until), reason: text(pause.reason), who: pause.by })}
    </p>
  );
};

const Passed = ({ clock: { passed } }: { readonly clock: CaseClock }) => {
  const { t } = useTranslation();
  if (!passed) return null;
  const { explained, by } = passed;
  return (
    <p>
      <Badge tone={explained === 'accepted' ? 'success' : 'warning'}>{t(`clocks.passed.${explained ?? 'owed'}`)}</Badge>{' '}
      {by ? <span className="muted">{t('clocks.explainedBy', { who: by })}</span> : null}
    </p>
  );
};

const Clock = ({ clock }: { readonly clock: CaseClock }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const running = clock.state === 'running';
  return (
    <li className={`clock clock-${clock.state}`}>
      <h3>{text(clock.name)}</h3>
      <p>
        {running ? <DueWords at={clock.dueAt} /> : null}
        {clock.state === 'met' ? <Badge tone="success">{t('case.clocks.met')}</Badge> : null}
        {clock.state === 'lapsed' ? <Badge>{t('case.clocks.lapsed')}</Badge> : null}
        {clock.acute ? <Badge tone="error">{t('case.clocks.acute')}</Badge> : null}
      </p>
      <p className="clock-due">{t('case.clocks.due', { when: when(clock.dueAt, 'full') })}</p>
      {clock.endedAt ? <p className="muted">{t('case.clocks.metAt', { when: when(clock.endedAt, 'full') })}</p> : null}
      <Pause clock={clock} />
      <Passed clock={clock} />
      {clock.secondaryAt ? (
        <p className="muted">{t('case.clocks.secondary', { when: when(clock.secondaryAt) })}</p>
      ) : null}
      <Derivation clock={clock} />
    </li>
  );
};

/** Every duty with its due instant and how it was worked out; the system's own timers stay out of sight. */
export const Clocks = ({ clocks }: { readonly clocks: readonly CaseClock[] }) => {
  const { t } = useTranslation();
  const duties = clocks.filter(({ internal }) => !internal);
  const running = duties.filter(({ state }) => state === 'running');
  const ended = duties.filter(({ state }) => state !== 'running');
  return (
    <section className="panel" aria-labelledby="clocks">
      <h2 id="clocks">{t('case.clocks.heading')}</h2>
      {duties.length === 0 ? <p className="muted">{t('case.clocks.none')}</p> : null}
      <ul className="clocks nobullet-list">
        {[...running, ...ended].map((clock) => (
          <Clock key={clock.id} clock={clock} />
        ))}
      </ul>
    </section>
  );
};
