import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isInUse } from '#domain/codes.ts';
import { LISTS } from '#domain/regulation-words.ts';
import { instant, localDay } from '#domain/time.ts';
import { type Outputs, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useDay, useText } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { useNow } from '../session.tsx';
import { CODE_LISTS, CodeForms } from '../setup/code-forms.tsx';
import { SetupHead } from '../setup/tabs.tsx';

type Codes = Outputs['setup']['regulations']['document']['rulebook']['codes'];
type Row = Codes[keyof Codes][number];
type Line = Row & { readonly id: string };

const useDates = () => {
  const { t } = useTranslation();
  const day = useDay();
  return ({ from, until }: Row): string =>
    [
      from === null ? t('setup.law.always') : t('setup.law.from', { day: day(from) }),
      until === null ? null : t('setup.codes.ends', { day: day(until) }),
    ]
      .filter((part) => part !== null)
      .join('. ');
};

const List = ({ rows, caption }: { readonly rows: readonly Row[]; readonly caption: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const dates = useDates();
  const today = localDay(instant(useNow()));
  const columns: Column<Line>[] = [
    {
      key: 'name',
      header: t('setup.codes.code'),
      cell: (row) => (
        <>
          <strong>{text(row)}</strong>
          {typeof row.code === 'number' ? <span className="muted"> ({row.code})</span> : null}{' '}
          {isInUse(row, today) ? null : <Badge tone="info">{t('setup.codes.notNow')}</Badge>}
          {'paragraph' in row ? <span className="line">{row.paragraph}</span> : null}
          {'group' in row ? <span className="line muted">{t(`setup.codes.groups.${row.group}`)}</span> : null}
        </>
      ),
    },
    { key: 'dates', header: t('setup.codes.dates'), cell: dates },
    { key: 'source', header: t('setup.fields.source'), cell: ({ source }) => <span className="muted">{source}</span> },
  ];
  return (
    <ListTable items={rows.map((row) => ({ ...row, id: String(row.code) }))} columns={columns} caption={caption} />
  );
};

/** *Kodelister*: what is chosen from in the form and at a measure, since when and until when. */
export const SetupCodesPage = () => {
  const text = useText();
  const { data, error, isPending, refetch } = useQuery(trpc.setup.regulations.queryOptions());
  const codes = data?.document.rulebook.codes;
  return (
    <>
      <SetupHead part="codes" />
      {error ? <Failed error={error} retry={refetch} /> : null}
      {isPending ? <Loading /> : null}
      {codes ? (
        <>
          {CODE_LISTS.map((list) => (
            <section key={list} aria-labelledby={`codes-${list}`}>
              <h2 id={`codes-${list}`}>{text(LISTS[list])}</h2>
              <List rows={codes[list]} caption={text(LISTS[list])} />
            </section>
          ))}
          <CodeForms codes={codes} />
        </>
      ) : null}
    </>
  );
};
