import { useTranslation } from 'react-i18next';
import type { Outputs } from '../api.ts';
import { useWhen } from '../components/language.ts';
import { type Column, ListTable } from '../components/list-table.tsx';

type Run = NonNullable<NonNullable<Outputs['matrix']['change']['dryRun']>['past']>;
type Line = Run['elsewhere'][number];

const MONTHS = [1, 3, 6, 12, 24] as const;
type Props = { readonly run: Run; readonly ofPrecedent: boolean; readonly look: (months: number) => void };

/** How the past months would have been routed: counted, and each that would have gone elsewhere. */
export const PastRun = ({ run, ofPrecedent, look }: Props) => {
  const { t } = useTranslation();
  const when = useWhen();
  const { months, all, about, cut, elsewhere } = run;
  const columns: Column<Line>[] = [
    {
      key: 'case',
      header: t('matrix.past.case'),
      cell: ({ caseNumber, at }) => (
        <>
          <strong>{caseNumber}</strong>
          <span className="line muted">{t('matrix.past.received', { when: when(at, 'day') })}</span>
        </>
      ),
    },
    { key: 'to', header: t('matrix.past.route'), labelled: true, cell: ({ to }) => <strong>{to}</strong> },
    { key: 'from', header: t('matrix.past.instead'), labelled: true, cell: ({ from }) => from },
    { key: 'now', header: t('matrix.past.now'), labelled: true, cell: ({ now }) => now },
  ];
  return (
    <section aria-labelledby="past">
      <h2 id="past">{t('matrix.past.heading')}</h2>
      <div className="form-group">
        <label className="form-label" htmlFor="months">
          {t('matrix.past.months')}
        </label>
        <select
          id="months"
          className="form-select input-medium"
          value={months}
          onChange={({ target }) => look(Number(target.value))}
        >
          {MONTHS.map((count) => (
            <option key={count} value={count}>
              {t('matrix.past.month', { count })}
            </option>
          ))}
        </select>
      </div>
      <p>
        {t('matrix.past.all', { count: all, about })}{' '}
        <strong>{t('matrix.past.elsewhere', { count: elsewhere.length })}</strong>
      </p>
      {cut ? <p>{t('matrix.past.cut')}</p> : null}
      {ofPrecedent ? <p className="muted">{t('matrix.past.precedent')}</p> : null}
      {elsewhere.length > 0 ? (
        <ListTable items={elsewhere} columns={columns} caption={t('matrix.past.heading')} />
      ) : null}
    </section>
  );
};
