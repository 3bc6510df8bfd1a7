import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { client, type Outputs, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { DueWords } from '../components/due-words.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { Phone } from '../components/phone.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { GroupFrame, useDescribed } from '../form/field.tsx';
import { SelectField } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { useAct } from '../use-act.ts';

type Listed = Outputs['referrals']['unattended'];
type Item = Listed['items'][number];

const schema = z.object({ ids: z.array(z.string()).min(1, 'too-few'), personId: z.string().min(1, 'required') });

const Case = ({ item }: { readonly item: Item }) => {
  const { t } = useTranslation();
  const { register } = useFormContext();
  const { id, caseNumber, acute, nextDueAt, handler, why, answers } = item;
  return (
    <li className="work-card">
      <div className="form-group-checkbox">
        <input {...register('ids')} className="form-checkbox" type="checkbox" id={`take-${id}`} value={id} />
        <label className="form-label" htmlFor={`take-${id}`}>
          {t('unattended.choose', { number: caseNumber })}
        </label>
      </div>
      <div>
        <Link to="/sag/$referralId" params={{ referralId: id }}>
          {caseNumber}
        </Link>{' '}
        {acute ? <Badge tone="error">{t('common.acute')}</Badge> : null}
      </div>
      <div>
        {t('unattended.due')}: <DueWords at={nextDueAt} />
      </div>
      <div>
        {handler.title} <Badge tone="warning">{t(`unattended.why.${why}`)}</Badge>
        <span className="line">
          {answers ? t('unattended.answers', { who: answers.title }) : t('unattended.nobody')}
          {answers ? (
            <>
              , <Phone number={answers.phone} />
            </>
          ) : null}
        </span>
      </div>
    </li>
  );
};

const Cases = ({ items }: { readonly items: readonly Item[] }) => {
  const { t } = useTranslation();
  const described = useDescribed('ids');
  return (
    <GroupFrame path="ids" label={t('unattended.cases')} described={described}>
      <ul className="work-cards nobullet-list no-max-width">
        {items.map((item) => (
          <Case key={item.id} item={item} />
        ))}
      </ul>
    </GroupFrame>
  );
};

type Props = {
  readonly items: readonly Item[];
  readonly colleagues: Listed['colleagues'][string];
  readonly said: (count: number) => void;
};

/** One unit's cases, and who is there to take them. */
const OfUnit = ({ items, colleagues, said }: Props) => {
  const { t } = useTranslation();
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { ids: [] as string[], personId: '' } });
  const act = useAct(client.referrals.assignMany, {
    done: ({ count }) => {
      form.reset({ ids: [], personId: '' });
      said(count);
    },
    failed: ({ fields }) => refusals.refuse(fields),
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.problem}
      pending={act.pending}
      submitLabel={t('unattended.give')}
      told={t('unattended.told')}
      submit={(values) => {
        const found = refusalsBy(schema, values);
        refusals.refuse(found);
        if (found.length === 0) act.run(values);
      }}
    >
      <Cases items={items} />
      <SelectField
        path="personId"
        label={t('unattended.to')}
        options={colleagues.map(({ id, title }) => ({ value: id, label: title }))}
      />
    </ActForm>
  );
};

/** Work of somebody who is away or gone: who answers meanwhile, and many passed on at once. */
export const UnattendedPage = () => {
  const { t } = useTranslation();
  const [given, setGiven] = useState<number | null>(null);
  const { data, error, isPending, refetch } = useQuery(trpc.referrals.unattended.queryOptions());
  const units = [...Map.groupBy(data?.items ?? [], ({ unit }) => unit.id)];
  return (
    <>
      <PageTitle title={t('unattended.title')} />
      <p className="lead">{t('unattended.lead')}</p>
      {given === null ? null : (
        <Alert tone="success" live>
          <p>{t('unattended.given', { count: given })}</p>
        </Alert>
      )}
      {error ? <Failed error={error} retry={refetch} /> : null}
      {isPending ? <Loading /> : null}
      {data && units.length === 0 ? <p className="empty">{t('unattended.none')}</p> : null}
      {units.map(([unit, items]) => (
        <section key={unit} aria-labelledby={`of-${unit}`}>
          <h2 id={`of-${unit}`}>{items[0]?.unit.name}</h2>
          <OfUnit items={items} colleagues={data?.colleagues[unit] ?? []} said={setGiven} />
        </section>
      ))}
    </>
  );
};
