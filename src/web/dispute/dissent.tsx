import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { CaseActForm } from '../acts/case-act-form.tsx';
import { reason } from '../acts/form-schemas.ts';
import type { ActProps } from '../acts/use-case-act.ts';
import { client, type Ending } from '../api.ts';
import { useWhen } from '../components/language.ts';
import { TextArea } from '../form/fields.tsx';

/** Who would have decided otherwise, and why. */
const Recorded = ({ dissent }: Pick<Ending, 'dissent'>) => {
  const { t } = useTranslation();
  const when = useWhen();
  if (dissent.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="dissent">
      <h2 id="dissent">{t('disputes.dissent.heading')}</h2>
      {dissent.map((one) => (
        <div key={one.seq}>
          <p className="as-written">{one.reason}</p>
          <p className="muted">
            {one.by}, {when(one.at, 'full')}
          </p>
        </div>
      ))}
    </section>
  );
};

type Props = Pick<ActProps, 'done' | 'overtaken'> & { readonly outcome: Ending };

/** Another who could have decided it says so; the decision stands. */
export const Dissent = ({ outcome, done, overtaken }: Props) => {
  const { t } = useTranslation();
  const navigate = useNavigate({ from: '/uenighed/$referralId' });
  const { handling } = useSearch({ from: '/gate/uenighed/$referralId' });
  const close = () => void navigate({ search: {}, replace: true });
  const told = t('disputes.dissent.told');
  return (
    <>
      <Recorded dissent={outcome.dissent} />
      {outcome.mayDissent && handling === 'dissent' ? (
        <section className="act-chosen" aria-labelledby="act-chosen">
          <h2 id="act-chosen">{t('disputes.dissent.act')}</h2>
          <CaseActForm
            procedure={client.disputes.dissent}
            defaults={{ reason: '' }}
            schema={z.object({ reason })}
            input={(values) => ({ id: outcome.id, reason: values.reason })}
            submitLabel={t('disputes.dissent.submit')}
            doneText={t('disputes.dissent.done')}
            told={told}
            cancel={close}
            overtaken={overtaken}
            done={(message) => {
              close();
              done(message);
            }}
          >
            <TextArea path="reason" label={t('disputes.dissent.reason')} />
          </CaseActForm>
        </section>
      ) : null}
      {outcome.mayDissent && handling !== 'dissent' ? (
        <section className="acts d-print-none" aria-labelledby="acts">
          <h2 id="acts">{t('case.acts.heading')}</h2>
          <Link
            from="/uenighed/$referralId"
            search={{ handling: 'dissent' }}
            replace
            className="button button-secondary"
          >
            {t('disputes.dissent.act')}
          </Link>
          <p className="act-told">{told}</p>
        </section>
      ) : null}
    </>
  );
};
