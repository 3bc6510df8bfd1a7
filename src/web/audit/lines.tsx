import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { client, type Outputs, trpc } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';
import { More } from '../components/more.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { paged } from '../paged.ts';

export const LISTS = ['reads', 'acts', 'setup'] as const;
export type ListName = (typeof LISTS)[number];
export type Asked = { readonly id: string; readonly caseNumber: string | null; readonly who: string | null };

type Read = Outputs['audits']['reads']['items'][number];
type Act = Outputs['audits']['acts']['items'][number];
type Setup = Outputs['audits']['setup']['items'][number];
type Line = Read | Act | Setup;

const Who = ({ line }: { readonly line: Line }) => {
  const { t } = useTranslation();
  const { who } = line;
  const role = 'role' in line && line.role in t('matter.roles', { returnObjects: true }) ? line.role : null;
  const unit = 'unit' in line ? line.unit : null;
  const as = [role && t(`matter.roles.${role as 'intake'}`), unit].filter(Boolean).join(', ');
  return (
    <>
      <strong className={who?.title ? undefined : 'audit-code'}>
        {who ? (who.title ?? who.code) : t('audit.system')}
      </strong>
      {who?.title ? <span className="line audit-code">{who.code}</span> : null}
      {as ? <span className="line muted">{as}</span> : null}
    </>
  );
};

const What = ({ line }: { readonly line: Line }): ReactNode => {
  const text = useText();
  return text('purpose' in line ? line.purpose : line.name);
};

const About = ({ line }: { readonly line: Line }): ReactNode => {
  if ('caseNumbers' in line) return line.caseNumbers.join(', ');
  if ('caseNumber' in line) return line.caseNumber;
  return line.said.map(({ name, value }) => (
    <span key={name} className="line audit-data">
      {name}: {value}
    </span>
  ));
};

/** Each page is read once: reading it again would be another look-up. */
const asPages = (list: ListName, asked: Asked) => {
  const key = [...trpc.audits[list].queryKey(), asked];
  const read = (at: { cursor?: string }): Promise<{ items: Line[]; nextCursor: string | null }> =>
    client.audits[list].query({ ...asked, ...at });
  return { ...paged(key, read, 0), staleTime: Number.POSITIVE_INFINITY };
};

/** Lines of one of the lists, newest first, page after page as far as somebody asks. */
export const Lines = ({ list, asked }: { readonly list: ListName; readonly asked: Asked }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const lines = useInfiniteQuery(asPages(list, asked));
  if (lines.error && !lines.data) return <Failed error={lines.error} retry={lines.refetch} />;
  if (!lines.data) return <Loading />;
  const items = lines.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="empty">{t('audit.empty')}</p>;
  const columns: Column<Line>[] = [
    {
      key: 'at',
      header: t('audit.columns.at'),
      sorted: 'descending',
      labelled: true,
      cell: ({ at }) => when(at, 'full'),
    },
    { key: 'who', header: t('audit.columns.who'), cell: (line) => <Who line={line} /> },
    { key: 'what', header: t('audit.columns.what'), cell: (line) => <What line={line} /> },
    {
      key: 'cases',
      header: t(list === 'setup' ? 'audit.columns.data' : 'audit.columns.cases'),
      labelled: true,
      cell: (line) => <About line={line} />,
    },
  ];
  return (
    <>
      <ListTable items={items} columns={columns} caption={t(`audit.parts.${list}`)} />
      <More list={lines} showing={t('audit.showing', { count: items.length })} />
    </>
  );
};
