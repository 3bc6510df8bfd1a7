import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/icon.tsx';

type Props = {
  readonly path: string;
  readonly title: (number: number) => string;
  readonly addLabel: string;
  readonly fresh: Record<string, unknown>;
  readonly max: number;
  /** How many must stay; the last of them cannot be removed. */
  readonly min?: number;
  readonly children: (path: string) => ReactNode;
};

/** A list of groups of fields that grows and shrinks. */
export const Rows = ({ path, title, addLabel, fresh, max, min = 0, children }: Props) => {
  const { t } = useTranslation();
  const { fields, append, remove } = useFieldArray({ name: path });
  return (
    <div className="rows">
      {fields.map((row, at) => (
        <fieldset className="row-box" key={row.id}>
          <legend>{title(at + 1)}</legend>
          {children(`${path}.${at}`)}
          {fields.length > min ? (
            <button type="button" className="function-link row-remove" onClick={() => remove(at)}>
              <Icon name="delete" />
              {t('common.remove')}
              <span className="sr-only"> {title(at + 1)}</span>
            </button>
          ) : null}
        </fieldset>
      ))}
      {fields.length < max ? (
        <button type="button" className="button button-secondary" onClick={() => append(fresh)}>
          <Icon name="plus" />
          {addLabel}
        </button>
      ) : null}
    </div>
  );
};
