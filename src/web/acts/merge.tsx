import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { line } from '#domain/form-fields.ts';
import { type Case, client, type Outputs } from '../api.ts';
import { FamilyLines } from '../case/family.tsx';
import { Alert } from '../components/alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { TextArea, TextField } from '../form/fields.tsx';
import { refusalsBy, useRefusals } from '../form/use-refusals.ts';
import { problemOf } from '../problem.ts';
import { CaseActForm } from './case-act-form.tsx';
import { reason } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

type Props = ActProps & { readonly item: Case };
type DryRun = Outputs['children']['preview'];

const finding = z.object({ other: line(60) });
const deciding = z.object({ reason });

/** The first step: which other child. What is found is shown before anything is done. */
const Find = ({ item, cancel, found }: Pick<Props, 'item' | 'cancel'> & { readonly found: (dry: DryRun) => void }) => {
  const { t } = useTranslation();
  const refusals = useRefusals();
  const form = useForm({ defaultValues: { other: '' } });
  const asking = useMutation({
    mutationFn: (other: string) => client.children.preview.query({ id: item.id, other }),
    onSuccess: found,
    onError: (error) => refusals.refuse(problemOf(error).fields),
  });
  return (
    <ActForm
      form={form}
      {...refusals}
      problem={asking.error ? problemOf(asking.error) : null}
      pending={asking.isPending}
      submitLabel={t('family.find.show')}
      told={t('family.find.otherHint')}
      cancel={cancel}
      submit={(values) => {
        const wrong = refusalsBy(finding, values);
        refusals.refuse(wrong);
        if (wrong.length === 0) asking.mutate(values.other);
      }}
    >
      <TextField path="other" label={t('family.find.other')} width="medium" />
    </ActForm>
  );
};

const Dry = ({ dry, of }: { readonly dry: DryRun; readonly of: 'merge' | 'sibling' }) => {
  const { t } = useTranslation();
  return (
    <>
      {of === 'merge' && dry.twoNumbers ? (
        <Alert tone="warning">
          <p>{t('family.merge.two')}</p>
        </Alert>
      ) : null}
      <h3>{t(`family.${of}.dry`)}</h3>
      <FamilyLines lines={dry.referrals} />
      {of === 'merge' ? <p>{t('family.merge.dryText')}</p> : null}
    </>
  );
};

/** The same child already: there is nothing to do but look for another. */
const Same = ({ text, back }: { readonly text: string; readonly back: () => void }) => {
  const { t } = useTranslation();
  return (
    <Alert tone="info" live>
      <p>{text}</p>
      <button type="button" className="button button-secondary" onClick={back}>
        {t('family.find.back')}
      </button>
    </Alert>
  );
};

/** Two records of one child: the dry run first, then what it showed and nothing else. */
export const MergeForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const [dry, setDry] = useState<DryRun | null>(null);
  if (!dry) return <Find item={item} cancel={props.cancel} found={setDry} />;
  if (dry.same) return <Same text={t('family.merge.same')} back={() => setDry(null)} />;
  return (
    <CaseActForm
      {...props}
      procedure={client.children.merge}
      defaults={{ reason: '' }}
      schema={deciding}
      input={({ reason: why }) => ({
        id: item.id,
        stateVersion: item.stateVersion,
        other: dry.other,
        from: dry.from,
        into: dry.into,
        reason: why,
      })}
      submitLabel={t('family.merge.submit')}
      doneText={t('family.merge.done')}
    >
      <Dry dry={dry} of="merge" />
      <TextArea path="reason" label={t('family.merge.reason')} />
    </CaseActForm>
  );
};

export const LinkSiblingForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const [dry, setDry] = useState<DryRun | null>(null);
  if (!dry) return <Find item={item} cancel={props.cancel} found={setDry} />;
  if (dry.same) return <Same text={t('family.sibling.same')} back={() => setDry(null)} />;
  return (
    <CaseActForm
      {...props}
      procedure={client.children.linkSibling}
      defaults={{ reason: '' }}
      schema={deciding}
      input={({ reason: why }) => ({
        id: item.id,
        stateVersion: item.stateVersion,
        sibling: dry.other,
        reason: why,
      })}
      submitLabel={t('family.sibling.submit')}
      doneText={t('family.sibling.done')}
    >
      <Dry dry={dry} of="sibling" />
      <TextArea path="reason" label={t('family.sibling.reason')} />
    </CaseActForm>
  );
};
