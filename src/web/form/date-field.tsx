import { useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type FieldProps, GroupFrame, useDescribed } from './field.tsx';

const PARTS = ['year', 'month', 'day'] as const;
type Part = (typeof PARTS)[number];
type Parts = Record<Part, string>;

const split = (value: unknown): Parts => {
  const [year = '', month = '', day = ''] = typeof value === 'string' ? value.split('-') : [];
  return { year, month, day };
};

/** Half a date is kept as it was typed, so that a draft loses nothing; no digit at all is no date. */
const join = ({ year, month, day }: Parts): string => (year || month || day ? `${year}-${month}-${day}` : '');

/** `2026-3-5` as typed → `2026-03-05` as sent; what is not three numbers stays, and is refused in words. */
export const wholeDay = (value: string): string => {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(value);
  return match ? `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}` : value;
};

const ORDER = ['day', 'month', 'year'] as const satisfies readonly Part[];

/** A known date in three fields; the value is `YYYY-MM-DD`. */
export const DateField = (field: FieldProps) => {
  const { t } = useTranslation();
  const described = useDescribed(field.path, field.hint);
  const { field: control } = useController({ name: field.path });
  const parts = split(control.value);
  return (
    <GroupFrame {...field} described={described}>
      <div className="date-group mt-3">
        {ORDER.map((part, index) => (
          <div className={`form-group form-group-${part}`} key={part}>
            <label className="form-label" htmlFor={`${described.id}-${part}`}>
              {t(`common.${part}`)}
            </label>
            <input
              className="form-input"
              id={`${described.id}-${part}`}
              inputMode="numeric"
              autoComplete="off"
              maxLength={part === 'year' ? 4 : 2}
              value={parts[part]}
              aria-invalid={described['aria-invalid']}
              ref={index === 0 ? control.ref : undefined}
              onBlur={control.onBlur}
              onChange={(event) =>
                control.onChange(join({ ...parts, [part]: event.target.value.replaceAll(/\D/g, '') }))
              }
            />
          </div>
        ))}
      </div>
    </GroupFrame>
  );
};
