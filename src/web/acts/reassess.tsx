import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { REASSESSMENTS, type Reassessment } from '#domain/reassessed-measures.ts';
import { type Case, client, trpc } from '../api.ts';
import { useText } from '../components/language.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { RadioField } from '../form/fields.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { chosen } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';
import { WorkDoneForm } from './work-done-form.tsx';

type Props = ActProps & { readonly item: Case };

const naming = z.object({ personId: chosen });

/** § 137: what new eyes find. */
export const ReassessForm = (props: Props) => {
  const { t } = useTranslation();
  const text = useText();
  return (
    <WorkDoneForm
      {...props}
      procedure={client.children.reassess}
      result="conclusion"
      input={(done, conclusion) => ({ ...done, conclusion: conclusion as Reassessment })}
      submitLabel={t('family.reassessment.submit')}
      doneText={t('family.reassessment.done')}
      reasonLabel={t('family.reassessment.reason')}
    >
      <RadioField
        path="conclusion"
        label={t('family.reassessment.conclusion')}
        options={REASSESSMENTS.map((one) => ({ value: one.code, label: text(one) }))}
      />
    </WorkDoneForm>
  );
};

/** Only those whom the history does not know stand in the list. */
export const NameReassessorForm = ({ item, ...props }: Props) => {
  const { t } = useTranslation();
  const found = useQuery(trpc.children.reassessors.queryOptions({ referralId: item.id }));
  if (found.error) return <Failed error={found.error} retry={found.refetch} />;
  if (!found.data) return <Loading />;
  const { from, people } = found.data;
  if (people.length === 0) return <p>{t('family.reassessment.nobody')}</p>;
  return (
    <CaseActForm
      {...props}
      procedure={client.children.nameReassessor}
      defaults={{ personId: '' }}
      schema={naming}
      input={({ personId }) => ({ id: item.id, stateVersion: item.stateVersion, personId })}
      submitLabel={t('family.reassessment.ask')}
      doneText={t('family.reassessment.asked')}
    >
      {from === 'elsewhere' ? <p>{t('family.reassessment.elsewhere')}</p> : null}
      <RadioField
        path="personId"
        label={t('family.reassessment.whom')}
        hint={t('family.reassessment.whomHint')}
        options={people.map(({ id, title }) => ({ value: id, label: title }))}
      />
    </CaseActForm>
  );
};
