import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { type FieldProps, Frame, GroupFrame, useDescribed } from './field.tsx';
import { fieldId } from './problems.tsx';

type TextProps = FieldProps & {
  readonly width?: 'short' | 'medium';
  readonly type?: 'text' | 'email' | 'tel';
  readonly inputMode?: 'numeric';
  readonly autoComplete?: string;
};

const controlOf = ({ id, problem: _, ...aria }: ReturnType<typeof useDescribed>) => ({ id, ...aria });

export const TextField = ({ width, type = 'text', inputMode, autoComplete = 'off', ...field }: TextProps) => {
  const { register } = useFormContext();
  const described = useDescribed(field.path, field.hint);
  return (
    <Frame {...field} described={described}>
      <input
        {...register(field.path)}
        {...controlOf(described)}
        className={width ? `form-input input-${width}` : 'form-input'}
        type={type}
        inputMode={inputMode}
        autoComplete={autoComplete}
      />
    </Frame>
  );
};

export const TextArea = ({ rows = 4, ...field }: FieldProps & { readonly rows?: number }) => {
  const { register } = useFormContext();
  const described = useDescribed(field.path, field.hint);
  return (
    <Frame {...field} described={described}>
      <textarea {...register(field.path)} {...controlOf(described)} className="form-input" rows={rows} />
    </Frame>
  );
};

export type Option = { readonly value: string; readonly label: string; readonly hint?: string };
type OptionsProps = FieldProps & { readonly options: readonly Option[] };

type SelectProps = OptionsProps & { readonly empty?: string; readonly changed?: () => void };

/** `empty`: what an unmade choice is called; `changed`: what else a choice does. */
export const SelectField = ({ options, empty, changed, ...field }: SelectProps) => {
  const { t } = useTranslation();
  const { register } = useFormContext();
  const described = useDescribed(field.path, field.hint);
  return (
    <Frame {...field} described={described}>
      <select
        {...register(field.path, changed ? { onChange: changed } : {})}
        {...controlOf(described)}
        className="form-select"
      >
        <option value="">{empty ?? t('common.choose')}</option>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </Frame>
  );
};

export const RadioField = ({ options, ...field }: OptionsProps) => {
  const { register } = useFormContext();
  const described = useDescribed(field.path, field.hint);
  return (
    <GroupFrame {...field} described={described}>
      {options.map(({ value, label }) => (
        <div className="form-group-radio" key={value}>
          <input
            {...register(field.path)}
            className="form-radio"
            type="radio"
            id={`${described.id}-${value}`}
            value={value}
          />
          <label className="form-label" htmlFor={`${described.id}-${value}`}>
            {label}
          </label>
        </div>
      ))}
    </GroupFrame>
  );
};

type Group = { readonly label: string; readonly options: readonly Option[] };

/** Several ticks under headings; the value is the list of what is ticked. */
export const CheckGroups = ({ groups, ...field }: FieldProps & { readonly groups: readonly Group[] }) => {
  const { register } = useFormContext();
  const described = useDescribed(field.path, field.hint);
  return (
    <GroupFrame {...field} described={described}>
      {groups.map((group) => (
        <fieldset className="check-group" key={group.label}>
          <legend>{group.label}</legend>
          {group.options.map(({ value, label }) => (
            <div className="form-group-checkbox" key={value}>
              <input
                {...register(field.path)}
                className="form-checkbox"
                type="checkbox"
                id={`${described.id}-${value}`}
                value={value}
              />
              <label className="form-label" htmlFor={`${described.id}-${value}`}>
                {label}
              </label>
            </div>
          ))}
        </fieldset>
      ))}
    </GroupFrame>
  );
};

/** One yes that may be left out. */
export const Tick = ({ path, label, hint }: FieldProps) => {
  const { register } = useFormContext();
  const id = fieldId(path);
  return (
    <div className="form-group">
      <div className="form-group-checkbox">
        <input
          {...register(path)}
          className="form-checkbox"
          type="checkbox"
          id={id}
          aria-describedby={hint ? `${id}-hint` : undefined}
        />
        <label className="form-label" htmlFor={id}>
          {label}
        </label>
        {hint ? (
          <span className="form-hint tick-hint" id={`${id}-hint`}>
            {hint}
          </span>
        ) : null}
      </div>
    </div>
  );
};
