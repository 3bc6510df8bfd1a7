import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SMALL } from '#domain/figures.ts';
import { DUTY_PARTS, RECEIPT_PARTS, type SendingPart } from '#domain/sending.ts';
import { type Outputs, trpc } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { Periods } from '../figures/periods.tsx';
import { useWide } from '../use-wide.ts';

type Given = Outputs['figures']['sending'];
type Department = Given['departments'][number];
type Row = Department['rows'][number];

const GROUPS = [
  ['receipts', RECEIPT_PARTS],
  ['duties', DUTY_PARTS],
] as const;
const PARTS: readonly SendingPart[] = [...RECEIPT_PARTS, ...DUTY_PARTS];

const useCount = () => {
  const { t } = useTranslation();
  return (count: number | null): string => (count === null ? t('sending.figures.hidden') : String(count));
};

const Table = ({ rows }: { readonly rows: readonly Row[] }) => {
  const { t } = useTranslation();
  const [count, text] = [useCount(), useText()];
  return (
    <div className="figure-scroll">
      <table className="table figure-table">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('sending.figures.sender')}
            </th>
            <th scope="col" rowSpan={2} className="number">
              {t('sending.figures.sent')}
            </th>
            {GROUPS.map(([key, parts]) => (
              <th key={key} scope="colgroup" colSpan={parts.length}>
                {t(`sending.figures.${key}`)}
              </th>
            ))}
          </tr>
          <tr>
            {PARTS.map((part) => (
              <th key={part} scope="col" className="number">
                {t(`sending.figures.parts.${part}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.sender}>
              <th scope="row">{text(row.name)}</th>
              <td className="number">{count(row.sent)}</td>
              {PARTS.map((part) => (
                <td key={part} className="number">
                  {count(row[part])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** On a narrow screen each sender by itself; what is nought is left out. */
const Cards = ({ rows }: { readonly rows: readonly Row[] }) => {
  const { t } = useTranslation();
  const [count, text] = [useCount(), useText()];
  return rows.map((row) => (
    <section key={row.sender}>
      <h3>{text(row.name)}</h3>
      <p>
        {t('sending.figures.sent')}: {count(row.sent)}
      </p>
      {row.sent === null
        ? null
        : GROUPS.map(([key, parts]) => (
            <p key={key}>
              {t(`sending.figures.${key}`)}:{' '}
              {parts
                .filter((part) => row[part] !== 0)
                .map((part) => `${t(`sending.figures.parts.${part}`).toLowerCase()} ${count(row[part])}`)
                .join(', ') || '–'}
            </p>
          ))}
    </section>
  ));
};

const Part = ({ department: { name, sent, rows } }: { readonly department: Department }) => {
  const { t } = useTranslation();
  const [count, text, wide] = [useCount(), useText(), useWide(992)];
  return (
    <section>
      <h2>{name ? text(name) : t('sending.figures.outside')}</h2>
      <p>{t('sending.figures.total', { n: count(sent) })}</p>
      {wide ? <Table rows={rows} /> : <Cards rows={rows} />}
    </section>
  );
};

/** *Hvor kommer underretningerne fra?*: the sending institutions, and what became of what they sent. */
export const SendingPage = () => {
  const { t } = useTranslation();
  const [count, when] = [useCount(), useWhen()];
  const { dage: days = 90 } = useSearch({ from: '/gate/uenigheder/tal/afsendere' });
  const given = useQuery(trpc.figures.sending.queryOptions({ days }));
  return (
    <>
      <PageTitle title={t('sending.figures.title')} />
      <p className="lead">{t('sending.figures.lead')}</p>
      <p>
        <Link to="/uenigheder/tal">{t('sending.figures.toFigures')}</Link>
      </p>
      <Periods to="/uenigheder/tal/afsendere" days={days} />
      {given.error && !given.data ? <Failed error={given.error} retry={given.refetch} /> : null}
      {given.isPending ? <Loading /> : null}
      {given.data ? (
        <>
          <p className="muted">
            {t('figures.period.span', { from: when(given.data.from, 'day'), until: when(given.data.until, 'day') })}{' '}
            {t('sending.figures.total', { n: count(given.data.sent) })}
          </p>
          {given.data.departments.length === 0 ? <p className="empty">{t('sending.figures.none')}</p> : null}
          {given.data.departments.map((department) => (
            <Part key={department.id ?? 'outside'} department={department} />
          ))}
          <p className="muted">{t('sending.figures.note', { count: SMALL })}</p>
        </>
      ) : null}
    </>
  );
};
