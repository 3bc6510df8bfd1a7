import { useQuery } from '@tanstack/react-query';
import { Link, useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { lines } from '#domain/form-fields.ts';
import { client, type Outputs, trpc } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { useText, useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Phone } from '../components/phone.tsx';
import { ActForm } from '../form/act-form.tsx';
import { RadioField, SelectField, TextArea } from '../form/fields.tsx';
import { useNeeds, useOwnerUnits } from '../form/form-data.ts';
import { ChildFields } from '../form/parts/children.tsx';
import { childOf } from '../form/to-input.ts';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { EMPTY, type FormValues, FRESH } from '../form/values.ts';
import { useSession } from '../session.tsx';
import { useAct } from '../use-act.ts';

type Values = { child: FormValues['children'][number]; need: string; acute: string; text: string };
type Registered = Outputs['work']['registerInquiry'];

const schema = z.object({
  need: z.string().min(1, 'required'),
  text: lines(20_000),
  acute: z.string({ error: 'required' }).min(1, 'required'),
});

const InquiryForm = ({ done }: { readonly done: (registered: Registered) => void }) => {
  const { t } = useTranslation();
  const needs = useNeeds().filter(({ value }) => value !== 'worry');
  const refusals = useRefusals();
  const form = useForm<Values>({
    defaultValues: { child: EMPTY.children[0] ?? FRESH.child, need: '', acute: '', text: '' },
  });
  const { isDirty } = form.formState;
  const act = useAct(client.work.registerInquiry, {
    done: (registered) => {
      form.reset();
      done(registered);
    },
    failed: ({ fields }) => refusals.refuse(fields),
  });
  useBlocker({
    shouldBlockFn: () => isDirty && !window.confirm(t('form.leave')),
    enableBeforeUnload: () => isDirty,
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={act.problem}
      pending={act.pending}
      submitLabel={t('matter.inquiry.submit')}
      told={t('matter.inquiry.told')}
      submit={({ child, need, acute, text }) => {
        const found = refusalsBy(schema, { need, acute: acute ?? '', text });
        refusals.refuse(found);
        if (found.length > 0) return;
        act.run({ child: childOf(child), need: need === 'other' ? null : need, acute: acute === 'yes', text });
      }}
    >
      <h2>{t('case.child.heading')}</h2>
      <ChildFields path="child" />
      <h2>{t('matter.inquiry.need')}</h2>
      <SelectField
        path="need"
        label={t('case.acknowledge.need')}
        options={[...needs, { value: 'other', label: t('matter.inquiry.otherNeed') }]}
      />
      <TextArea path="text" label={t('matter.inquiry.text')} hint={t('matter.inquiry.textHint')} rows={6} />
      <RadioField
        path="acute"
        label={t('matter.inquiry.acute')}
        options={[
          { value: 'yes', label: t('common.yes') },
          { value: 'no', label: t('common.no') },
        ]}
      />
    </ActForm>
  );
};

const Done = ({ registered, again }: { readonly registered: Registered; readonly again: () => void }) => {
  const { t } = useTranslation();
  const { unitId } = useSession();
  const unit = useOwnerUnits('inquiry').find(({ value }) => value === registered.ownerUnit)?.label;
  return (
    <>
      <PageTitle title={t('matter.inquiry.done')} />
      <Alert tone="success">
        <p>{t('matter.inquiry.doneText', { number: registered.caseNumber, unit: unit ?? registered.ownerUnit })}</p>
      </Alert>
      {unitId === registered.ownerUnit ? (
        <p>
          <Link to="/sag/$referralId" params={{ referralId: registered.id }}>
            {t('case.title', { number: registered.caseNumber })}
          </Link>
        </p>
      ) : null}
      <button type="button" className="button button-secondary" onClick={again}>
        {t('matter.inquiry.another')}
      </button>
    </>
  );
};

/** Whom to call for each, also where another unit owns it and the case itself does not open. */
const Mine = () => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const { data } = useQuery(trpc.work.ownInquiries.queryOptions());
  if (!data || data.length === 0) return null;
  return (
    <section aria-labelledby="own-inquiries">
      <h2 id="own-inquiries">{t('matter.inquiry.mine')}</h2>
      {data.map(({ id, caseNumber, registeredAt, closed, unit, department, since }) => (
        <article key={id} className="sent-card">
          <h3 className="sent-title">
            {t('case.title', { number: caseNumber })} {closed ? <Badge>{t('matter.inquiry.mineClosed')}</Badge> : null}
          </h3>
          <p>
            {t('matter.inquiry.mineCall')} {unit.name}, {text(department)}: <Phone number={unit.phone} />
          </p>
          <p className="muted">
            {when(registeredAt, 'full')}. {t('matter.inquiry.mineSince', { when: when(since) })}
          </p>
        </article>
      ))}
    </section>
  );
};

/** A need that a unit registers itself: a school place, help at home. */
export const InquiryPage = () => {
  const { t } = useTranslation();
  const [registered, setRegistered] = useState<Registered | null>(null);
  return (
    <div className="narrow">
      {registered ? (
        <Done registered={registered} again={() => setRegistered(null)} />
      ) : (
        <>
          <PageTitle title={t('matter.inquiry.title')} />
          <p className="lead">{t('matter.inquiry.lead')}</p>
          <InquiryForm done={setRegistered} />
        </>
      )}
      <Mine />
    </div>
  );
};
