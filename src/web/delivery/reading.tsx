import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';

/** *Se, hvad der er læst*: of whom a task asks about; asked for only when it is opened, because asking is logged. */
export const Reading = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const [open, setOpen] = useState(false);
  const reading = useQuery(trpc.tasks.reading.queryOptions({ id }, { enabled: open }));
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('lookups.reading.ask')}</summary>
      <p className="muted">{t('lookups.reading.lead')}</p>
      {reading.error ? <Failed error={reading.error} retry={reading.refetch} /> : null}
      {open && reading.isPending ? <Loading /> : null}
      {reading.data?.length === 0 ? <p>{t('lookups.reading.none')}</p> : null}
      <ul>
        {reading.data?.map((read) => (
          <li key={`${read.at} ${read.caseNumbers.join()} ${read.purpose.da}`}>
            {when(read.at)}: {text(read.purpose)} ({read.caseNumbers.join(', ')})
          </li>
        ))}
      </ul>
    </details>
  );
};
