import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { instant } from '#domain/time.ts';
import { type Case, trpc } from '../api.ts';
import { useWhen } from '../components/language.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { DateField } from '../form/date-field.tsx';
import { TextField } from '../form/fields.tsx';
import { momentOf, readMoment } from '../form/moment.ts';
import { useRefusals } from '../form/use-refusals.ts';
import { useNow } from '../session.tsx';
import { OwnerCard } from './owner-card.tsx';

const Answer = ({ id, at }: { readonly id: string; readonly at: string }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const then = useQuery(trpc.referrals.ownerThen.queryOptions({ id, at }));
  if (then.error) return <Failed error={then.error} retry={then.refetch} />;
  if (!then.data) return <Loading />;
  const said = when(then.data.at, 'full');
  return then.data.card ? (
    <OwnerCard card={then.data.card} then={said} />
  ) : (
    <p>{t('disputes.past.before', { when: said })}</p>
  );
};

/** *Hvem havde den kl. …?*: the card as it was at a moment that has been. */
export const OwnerThen = ({ item }: { readonly item: Pick<Case, 'id'> }) => {
  const { t } = useTranslation();
  const now = useNow();
  const refusals = useRefusals();
  const [at, setAt] = useState<string | null>(null);
  const form = useForm({ defaultValues: momentOf(instant(now)) });
  return (
    <details className="owner-asked d-print-none">
      <summary>{t('disputes.past.ask')}</summary>
      <ActForm
        form={form}
        {...refusals}
        problem={null}
        pending={false}
        submitLabel={t('disputes.past.show')}
        told={t('disputes.past.told')}
        submit={(values) => {
          const moment = readMoment(values, instant(now));
          refusals.refuse('wire' in moment ? [] : moment);
          setAt('wire' in moment ? moment.wire : null);
        }}
      >
        <DateField path="on" label={t('disputes.past.on')} />
        <TextField path="time" label={t('common.time')} width="short" />
      </ActForm>
      <div aria-live="polite">{at ? <Answer id={item.id} at={at} /> : null}</div>
    </details>
  );
};
