import { useSuspenseQuery } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type Code, isInUse, offeredOn } from '#domain/codes.ts';
import { inForce, type Topic } from '#domain/rulebook.ts';
import { type Instant, instant, type LocalDay, localDay } from '#domain/time.ts';
import { type Case, type Outputs, trpc } from '../api.ts';
import { useLanguage, useText } from '../components/language.ts';
import { useAtDoor } from '../door/place.ts';
import { doorQuery, useNow } from '../session.tsx';
import type { Option } from './fields.tsx';
import { readMoment } from './moment.ts';

type FormData = Outputs['organisation']['forForm'];

const HOUR = 3_600_000;

const formQuery = trpc.organisation.forForm.queryOptions(undefined, { staleTime: HOUR });
/** Institutions, needs, code lists, paragraphs and the number to call: the same for a whole working day. */
export const useFormData = (): FormData =>
  useSuspenseQuery((useAtDoor() ? doorQuery : formQuery) as typeof formQuery).data;

/** The day by which a notification's codes go: of what is registered, when it was received; else today. */
export const useCodeDay = (): LocalDay => {
  const now = instant(useNow());
  const [on, time]: unknown[] = useWatch({ name: ['on', 'time'] });
  if (typeof on !== 'string' || on === '') return localDay(now);
  const moment = readMoment({ on, time: typeof time === 'string' && time !== '' ? time : '00:00' }, now);
  return localDay('wire' in moment ? moment.at : now);
};

type Listed = Code<string | number>;

/** What may be chosen on a day; what has been chosen already and is not in use says so. */
export const useCodeOptions = () => {
  const { t } = useTranslation();
  const text = useText();
  return <Row extends Listed>(list: readonly Row[], on: LocalDay, chosen: unknown) => {
    const kept = (Array.isArray(chosen) ? chosen : [chosen]).map(String);
    const named = (row: Row) => (isInUse(row, on) ? text(row) : t('form.notInUse', { code: text(row) }));
    return offeredOn(list, on, kept).map((row) => ({ row, value: String(row.code), label: named(row) }));
  };
};

/** How the law in force on a day calls a topic, `§ 133`; null where it has no such paragraph. */
export const useParagraph = (): ((topic: Topic, at: Instant) => string | null) => {
  const { laws } = useFormData();
  return (topic, at) => inForce(laws, at).references[topic]?.paragraph ?? null;
};

const NAMED = ['worry', 'equipment', 'maintenance-training', 'school-place', 'day-treatment-school'] as const;

type Need = { readonly id: string; readonly need: string; readonly needEn: string | null };

/** A need in the language on screen: in the municipality's own words where it has decided it, else in ours. */
export const useNeedName = (): ((need: Need) => string) => {
  const { t } = useTranslation();
  const english = useLanguage() === 'en';
  return ({ id, need, needEn }) => {
    if (needEn !== null) return english ? needEn : need;
    const named = NAMED.find((known) => known === id);
    return named ? t(`form.needs.${named}`) : need;
  };
};

/** The needs of the matrix. */
export const useNeeds = (): readonly Option[] => {
  const { needs } = useFormData();
  const nameOf = useNeedName();
  return needs.map((need) => ({ value: need.id, label: nameOf(need) }));
};

/** The units that may have the responsibility for such a matter. */
export const useOwnerUnits = (matter: Case['matter']): readonly Option[] => {
  const { caseUnits, inquiryUnits } = useFormData();
  return (matter === 'inquiry' ? inquiryUnits : caseUnits).map(({ id, name }) => ({ value: id, label: name }));
};
