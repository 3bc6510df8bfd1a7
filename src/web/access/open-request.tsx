import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, type Outputs } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useWhen } from '../components/language.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { TextArea } from '../form/fields.tsx';
import { Reasoned } from '../form/reasoned.tsx';
import { useAct } from '../use-act.ts';
import { AccessItem } from './item.tsx';

type Open = NonNullable<Outputs['access']['read']['open']>;
type Props = { readonly id: string; readonly open: Open };

const Ending = ({ id, children }: { readonly id: string; readonly children: ReactNode }) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<'prolong' | 'withdraw' | null>(null);
  if (chosen) {
    return (
      <Reasoned
        key={chosen}
        procedure={client.access[chosen]}
        defaults={{ reason: '' }}
        input={({ reason }) => ({ id, reason: String(reason) })}
        submitLabel={t(`access.${chosen}`)}
        told={t(`access.${chosen}Told`)}
        warning={chosen === 'withdraw'}
        done={() => setChosen(null)}
        cancel={() => setChosen(null)}
      >
        <TextArea path="reason" label={t('access.why')} />
      </Reasoned>
    );
  }
  return (
    <div className="button-group d-print-none">
      {(['prolong', 'withdraw'] as const).map((act) => (
        <button key={act} type="button" className="button button-secondary" onClick={() => setChosen(act)}>
          {t(`access.${act}`)}
        </button>
      ))}
      {children}
    </div>
  );
};

/** What is open: by when, what is left to look at, every item, and the release at the end. */
export const OpenRequest = ({ id, open }: Props) => {
  const { t } = useTranslation();
  const when = useWhen();
  const release = useAct(client.access.release);
  const [all, setAll] = useState(false);
  const [at, setAt] = useState<string | null>(null);
  const shown = all ? open.items : open.items.filter(({ third, said }) => third !== null || said !== null);
  const sections = [...new Set(shown.map(({ section }) => section))];
  return (
    <>
      <p className="lead">
        {t('access.due', { when: open.dueAt ? when(open.dueAt, 'full') : '', from: when(open.receivedAt, 'day') })}
      </p>
      {open.elsewhere.length > 0 ? (
        <Alert tone="info">
          <p>{t('access.elsewhere', { units: open.elsewhere.join(', ') })}</p>
        </Alert>
      ) : null}
      <Alert tone={open.left > 0 ? 'warning' : 'success'}>
        <p>{open.left > 0 ? t('access.left', { count: open.left }) : t('access.ready')}</p>
      </Alert>
      <Ending id={id}>
        <button type="button" className="button button-secondary" onClick={() => setAll(!all)}>
          {t(all ? 'access.onlyMarked' : 'access.showAll', { count: open.items.length })}
        </button>
      </Ending>
      {sections.map((section) => (
        <section key={section}>
          <h2>{section}</h2>
          <ul className="nobullet-list progress-list">
            {shown
              .filter((item) => item.section === section)
              .map((item) => (
                <AccessItem
                  key={item.key}
                  id={id}
                  item={item}
                  open={at === item.key}
                  setOpen={(open) => setAt(open ? item.key : null)}
                />
              ))}
          </ul>
        </section>
      ))}
      <ProblemAlert problem={open.left > 0 ? release.problem : null} />
      <p className="told">{t('access.releaseTold')}</p>
      <div className="button-group d-print-none">
        <button type="button" className="button button-primary" onClick={() => release.run({ id })}>
          {t('access.release')}
        </button>
      </div>
    </>
  );
};
