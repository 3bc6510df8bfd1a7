import { useTranslation } from 'react-i18next';
import { LEGAL_BASES } from '#domain/codes.ts';
import type { Reason } from '#domain/errors.ts';
import { useDay, useText } from '../components/language.ts';
import { useFormData, useNeeds } from './form-data.ts';
import type { Say } from './review-lines.ts';

/** How each kind of answer reads: choices by their names, days in words, texts as they are. */
export const useSay = (): Say => {
  const { t } = useTranslation();
  const text = useText();
  const day = useDay();
  const needs = useNeeds();
  const { institutions, codes } = useFormData();
  const code = (rows: readonly (Reason & { code: string | number })[], value: unknown): string => {
    const found = rows.find((row) => row.code === value);
    return found ? text(found) : String(value);
  };
  const choices: Readonly<Record<string, (value: string) => string | null>> = {
    'children.identity': (value) =>
      value === 'unborn' ? t('case.child.cprUnborn') : value === 'unknown' ? t('case.child.cprUnknown') : null,
    'children.cpr': (value) => value.replace(/^(\d{6})(\d{4})$/, '$1-$2'),
    'children.institution': (value) => institutions.find(({ id }) => id === value)?.name ?? value,
    'family.parents.custody': (value) =>
      value === 'yes' || value === 'no' || value === 'unknown' ? t(`common.${value}`) : value,
    'notifier.basis': (value) => code(LEGAL_BASES, value),
    'violence.kind': (value) => {
      const kinds = t('form.acute.kinds', { returnObjects: true });
      return Object.entries(kinds).find(([kind]) => kind === value)?.[1] ?? value;
    },
    'violence.certainty': (value) => (value === 'concrete' ? t('form.acute.concrete') : t('form.acute.diffuse')),
    need: (value) => needs.find((need) => need.value === value)?.label ?? value,
    'concern.observations.on': day,
    'parentsInformed.on': day,
    language: () => null,
  };
  return (field, value) => {
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'boolean')
      return value || SAID_EITHER_WAY.has(field) ? t(value ? 'common.yes' : 'common.no') : null;
    if (field === 'notifier.notifierCode') return code(codes.notifiers, value);
    if (Array.isArray(value))
      return value.length > 0 ? value.map((item) => code(codes.reasons, item)).join(', ') : null;
    return typeof value === 'string' && choices[field] ? choices[field](value) : String(value);
  };
};

/** Answers of which a no says something; elsewhere only a yes is told. */
const SAID_EITHER_WAY: ReadonlySet<string> = new Set([
  'acute.marked',
  'parentsInformed.informed',
  'violence.suspected',
  'honour.suspected',
]);
