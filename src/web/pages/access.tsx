import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { OpenRequest } from '../access/open-request.tsx';
import { client, type Outputs, trpc } from '../api.ts';
import { useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, FailedPage, Loading } from '../components/problem-alert.tsx';
import { DateField, wholeDay } from '../form/date-field.tsx';
import { TextArea } from '../form/fields.tsx';
import { Reasoned } from '../form/reasoned.tsx';
import { saveBytes } from '../save-bytes.ts';

type Ended = Outputs['access']['read']['ended'][number];

const EndedRequest = ({ id, one }: { readonly id: string; readonly one: Ended }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const [error, setError] = useState<unknown>(null);
  const get = async (): Promise<void> => {
    setError(null);
    try {
      const { fileName, zip } = await client.access.fetch.query({ id, requestId: one.id });
      saveBytes(fileName, zip, 'application/zip');
    } catch (failed) {
      setError(failed);
    }
  };
  return (
    <li>
      <p>
        {t(`access.states.${one.state === 'released' ? 'released' : 'withdrawn'}`, {
          when: one.closedAt ? when(one.closedAt) : '',
          who: one.closedBy,
        })}
      </p>
      {one.state === 'released' ? (
        <button type="button" className="button button-secondary d-print-none" onClick={() => void get()}>
          {t('access.get')}
        </button>
      ) : null}
      {error ? <Failed error={error} retry={get} /> : null}
    </li>
  );
};

const Begin = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  return (
    <Reasoned
      procedure={client.access.begin}
      defaults={{ receivedOn: '', reason: '' }}
      input={({ receivedOn, reason }) => ({ id, receivedOn: wholeDay(receivedOn), reason })}
      also={{ receivedOn: z.string().min(1, 'required').pipe(z.iso.date('date')) }}
      submitLabel={t('access.begin')}
      told={t('access.beginTold')}
    >
      <DateField path="receivedOn" label={t('access.receivedOn')} />
      <TextArea path="reason" label={t('access.who')} hint={t('access.whoHint')} />
    </Reasoned>
  );
};

/** *Indsigt*: all about a child, looked at item by item before it is released. The system sends nothing. */
export const AccessPage = () => {
  const { t } = useTranslation();
  const { referralId: id } = useParams({ from: '/gate/sag/$referralId/indsigt' });
  const { data, error, refetch } = useQuery(trpc.access.read.queryOptions({ id }, { gcTime: 0 }));
  if (error) return <FailedPage error={error} retry={refetch} />;
  if (!data) return <Loading />;
  return (
    <div className="narrow">
      <PageTitle title={t('access.title', { number: data.caseNumber })} />
      <p>
        <Link to="/sag/$referralId" params={{ referralId: id }}>
          {t('access.back')}
        </Link>
      </p>
      {data.open ? <OpenRequest id={id} open={data.open} /> : <Begin id={id} />}
      {data.ended.length > 0 ? (
        <section>
          <h2>{t('access.ended')}</h2>
          <ul className="nobullet-list progress-list">
            {data.ended.map((one) => (
              <EndedRequest key={one.id} id={id} one={one} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
};
