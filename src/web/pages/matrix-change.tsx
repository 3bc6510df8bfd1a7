import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatrixChange } from '#domain/matrix-change.ts';
import { trpc } from '../api.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { PastRun } from '../matrix/past-run.tsx';
import { type Change, ShownChange } from '../setup/shown-change.tsx';
import { useMatrixWords } from '../setup/use-change-words.ts';

type Props = { readonly item: Change; readonly again: () => unknown; readonly look: (months: number) => void };

const Shown = ({ item, again, look }: Props) => {
  const { t } = useTranslation();
  const words = useMatrixWords();
  const change = item.change as MatrixChange;
  const past = item.dryRun?.past;
  const ofPrecedent = change.what === 'matrix-row' && change.precedent !== null;
  return (
    <ShownChange item={item} via="matrix" again={again} words={words(change)} told={t('matrix.change.told')}>
      {past ? <PastRun run={past} ofPrecedent={ofPrecedent} look={look} /> : null}
    </ShownChange>
  );
};

/** One proposed row of the matrix: how the past months would have been routed by it, and the second person's answer. */
export const MatrixChangePage = () => {
  const { t } = useTranslation();
  const { changeId } = useParams({ from: '/gate/ansvarsmatrix/$changeId' });
  const [months, look] = useState<number>();
  const input = { id: changeId, ...(months === undefined ? {} : { months }) };
  const change = useQuery(trpc.matrix.change.queryOptions(input, { placeholderData: keepPreviousData }));
  return (
    <>
      <PageTitle title={t('matrix.change.title')} />
      <p>
        <Link to="/ansvarsmatrix">{t('matrix.change.back')}</Link>
      </p>
      {change.error ? <Failed error={change.error} retry={change.refetch} /> : null}
      {change.isPending ? <Loading /> : null}
      {change.data ? <Shown item={change.data} again={change.refetch} look={look} /> : null}
    </>
  );
};
