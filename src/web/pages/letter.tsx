import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reason } from '#domain/errors.ts';
import { type LetterPage as Item, queryClient, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useText } from '../components/language.ts';
import { Overtaken, type OvertakenBy } from '../components/overtaken.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { Paper } from '../delivery/paper.tsx';
import { SendLetterForm } from '../delivery/send.tsx';

const Reaching = ({ item }: { readonly item: Item }) => {
  const { t } = useTranslation();
  const text = useText();
  const { address, phone } = item.receiver;
  return (
    <div className="d-print-none">
      <p>
        {text(item.why)}. {phone ? t('delivery.letter.phone', { phone }) : t('delivery.letter.noPhone')}
      </p>
      {address ? null : (
        <Alert tone="warning">
          <p>{t('delivery.letter.noAddress')}</p>
        </Alert>
      )}
      <p className="muted">{t('delivery.letter.logged')}</p>
    </div>
  );
};

const Body = ({ item }: { readonly item: Item }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [message, setMessage] = useState<string | null>(null);
  const [overtaken, setOvertaken] = useState<OvertakenBy>(null);
  if (message) {
    return (
      <Alert tone="success" live>
        <p>{message}</p>
      </Alert>
    );
  }
  return (
    <>
      <Overtaken by={overtaken} live />
      {item.state === 'open' ? <Reaching item={item} /> : <p>{t(`delivery.letter.closed.${item.state}`)}</p>}
      <Paper item={item} />
      <div className="d-print-none">
        <button type="button" className="button button-secondary" onClick={() => window.print()}>
          {t('delivery.letter.print')}
        </button>
      </div>
      {item.maySend ? (
        <section className="act-chosen d-print-none" aria-labelledby="tick">
          <h2 id="tick">{t('delivery.letter.tick')}</h2>
          <SendLetterForm
            item={item}
            done={setMessage}
            overtaken={(why: Reason | null) => {
              setOvertaken({ why });
              void queryClient.invalidateQueries(trpc.letters.get.pathFilter());
            }}
            cancel={() => void navigate({ to: '/breve' })}
          />
        </section>
      ) : null}
    </>
  );
};

/** One letter: its exact words to print, whom to reach and how, and ticking it off. */
export const LetterPage = () => {
  const { t } = useTranslation();
  const { letterId } = useParams({ from: '/gate/breve/$letterId' });
  // Opening it is logged as a reading, so it is not read again by itself.
  const item = useQuery(trpc.letters.get.queryOptions({ id: letterId }, { staleTime: Number.POSITIVE_INFINITY }));
  if (item.error && !item.data) return <Failed error={item.error} retry={item.refetch} />;
  if (!item.data) return <Loading />;
  return (
    <div className="narrow">
      <p className="d-print-none">
        <Link to="/breve">{t('delivery.letter.back')}</Link>
      </p>
      <div className="d-print-none">
        <PageTitle title={t(`delivery.letter.title.${item.data.kind}`, { number: item.data.caseNumber })} />
      </div>
      <Body item={item.data} />
    </div>
  );
};
