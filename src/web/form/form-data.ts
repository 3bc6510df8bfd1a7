import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Case, type Outputs, trpc } from '../api.ts';
import type { Option } from './fields.tsx';

type FormData = Outputs['organisation']['forForm'];

const HOUR = 3_600_000;

/** Institutions, needs and the number to call: the same for a whole working day. */
export const useFormData = (): FormData =>
  useSuspenseQuery(trpc.organisation.forForm.queryOptions(undefined, { staleTime: HOUR })).data;

const NAMED = ['worry', 'equipment', 'maintenance-training', 'school-place', 'day-treatment-school'] as const;

/** The needs of the matrix; those that the municipality has added stand in its own words. */
export const useNeeds = (): readonly Option[] => {
  const { t } = useTranslation();
  const { needs } = useFormData();
  return needs.map(({ id, need }) => {
    const named = NAMED.find((known) => known === id);
    return { value: id, label: named ? t(`form.needs.${named}`) : need };
  });
};

/** The units that may have the responsibility for such a matter. */
export const useOwnerUnits = (matter: Case['matter']): readonly Option[] => {
  const { caseUnits, inquiryUnits } = useFormData();
  return (matter === 'inquiry' ? inquiryUnits : caseUnits).map(({ id, name }) => ({ value: id, label: name }));
};
