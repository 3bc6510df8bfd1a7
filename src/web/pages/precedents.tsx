import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { client, type Outputs, trpc } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useWhen } from '../components/language.ts';
import type { Column } from '../components/list-table.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { PagedList } from '../components/paged-list.tsx';
import type { Precedent } from '../dispute/precedent-card.tsx';
import { SelectField, TextField } from '../form/fields.tsx';
import { useFormData, useNeeds } from '../form/form-data.ts';
import { useAges } from '../matrix/use-row-words.ts';
import { useSession } from '../session.tsx';

const NOTHING = { words: '', need: '', age: '', unit: '', basis: '' };
type Asked = typeof NOTHING;

/** What is sent: a field left blank asks for nothing, and so does an age that is no number. */
const searchOf = ({ words, need, age, unit, basis }: Asked) => {
  const some = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    words: some(words),
    need: some(need),
    age: /^\d{1,3}$/.test(age.trim()) && Number(age) <= 150 ? Number(age) : null,
    unit: some(unit),
    basis: some(basis),
  };
};

const Search = ({ found }: { readonly found: (asked: Asked) => void }) => {
  const { t } = useTranslation();
  const form = useForm({ defaultValues: NOTHING });
  const needs = useNeeds();
  const { caseUnits, inquiryUnits } = useFormData();
  const units = [...new Map([...caseUnits, ...inquiryUnits].map(({ id, name }) => [id, { value: id, label: name }]))];
  const search = (event: FormEvent) => {
    event.preventDefault();
    found(form.getValues());
  };
  return (
    <FormProvider {...form}>
      <form className="search-form" aria-label={t('precedents.search')} onSubmit={search}>
        <TextField path="words" label={t('precedents.words')} hint={t('precedents.wordsHint')} />
        <SelectField path="need" label={t('precedents.need')} options={needs} empty={t('precedents.any')} />
        <TextField path="age" label={t('precedents.age')} width="short" inputMode="numeric" />
        <SelectField
          path="unit"
          label={t('precedents.unit')}
          options={units.map(([, unit]) => unit)}
          empty={t('precedents.any')}
        />
        <TextField path="basis" label={t('precedents.basis')} />
        <div className="button-group">
          <button type="submit" className="button button-primary">
            {t('precedents.find')}
          </button>
          <button
            type="button"
            className="button button-secondary"
            onClick={() => {
              form.reset(NOTHING);
              found(NOTHING);
            }}
          >
            {t('precedents.clear')}
          </button>
        </div>
      </form>
    </FormProvider>
  );
};

const Unwritten = () => {
  const { t } = useTranslation();
  const when = useWhen();
  const { data } = useQuery(trpc.precedents.unwritten.queryOptions());
  if (!data) return null;
  return (
    <section aria-labelledby="unwritten">
      <h2 id="unwritten">{t('precedents.unwritten')}</h2>
      {data.length === 0 ? <p className="empty">{t('precedents.unwrittenNone')}</p> : null}
      <ul className="nobullet-list no-max-width">
        {data.map(
          ({
            disputeId,
            referralId,
            caseNumber,
            endedAt,
            owner,
            parties,
          }: Outputs['precedents']['unwritten'][number]) => (
            <li key={disputeId}>
              <Link to="/uenighed/$referralId" params={{ referralId }}>
                {t('precedents.write', { number: caseNumber })}
              </Link>
              <span className="line muted">
                {t('precedents.between', { units: parties.map(({ name }) => name).join(', ') })}.{' '}
                {t('precedents.ended', { when: when(endedAt), unit: owner.name })}
              </span>
            </li>
          ),
        )}
      </ul>
    </section>
  );
};

const useColumns = (): readonly Column<Precedent>[] => {
  const { t } = useTranslation();
  const when = useWhen();
  const ages = useAges();
  return [
    {
      key: 'about',
      header: t('precedents.columns.about'),
      cell: ({ needText, ages: span, reason, row }) => (
        <>
          <strong>{needText}</strong> ({ages(span ? [span.from, span.to] : null)}){' '}
          {row ? <Badge tone="success">{t('precedents.isRow')}</Badge> : null}
          <span className="line as-written">{reason}</span>
        </>
      ),
    },
    {
      key: 'outcome',
      header: t('precedents.columns.outcome'),
      labelled: true,
      cell: ({ outcome, basis, units }) => (
        <>
          <strong>{outcome.name}</strong>
          <span className="line">{basis}</span>
          <span className="line muted">
            {t('precedents.between', { units: units.map(({ name }) => name).join(', ') })}
          </span>
        </>
      ),
    },
    {
      key: 'written',
      header: t('precedents.columns.written'),
      sorted: 'descending',
      narrow: true,
      cell: ({ writtenAt, writtenBy }) => (
        <>
          {when(writtenAt, 'day')}
          <span className="line muted">{writtenBy}</span>
        </>
      ),
    },
  ];
};

/** *Tidligere afgørelser*: what disputes came to, to search in; for BUF-SOF coordinators, those that nobody has told of. */
export const PrecedentsPage = () => {
  const { t } = useTranslation();
  const { roles } = useSession();
  const [asked, setAsked] = useState(NOTHING);
  const columns = useColumns();
  const search = searchOf(asked);
  return (
    <>
      <PageTitle title={t('precedents.title')} />
      <p className="lead">{t('precedents.lead')}</p>
      {roles.includes('buf-sof-coordinator') ? <Unwritten /> : null}
      <h2>{t('precedents.search')}</h2>
      <Search found={setAsked} />
      <PagedList
        key={JSON.stringify(search)}
        queryKey={trpc.precedents.search.infiniteQueryKey(search)}
        read={(at) => client.precedents.search.query({ ...search, ...at })}
        columns={columns}
        caption={t('precedents.title')}
        empty={t(asked === NOTHING ? 'precedents.empty' : 'precedents.noHits')}
        showing={(count) => t('precedents.showing', { count })}
      />
    </>
  );
};
