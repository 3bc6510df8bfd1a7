import { type MouseEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldError } from '#domain/errors.ts';
import { Icon } from '../components/icon.tsx';
import { useText } from '../components/language.ts';
import { fieldId } from './problems.tsx';

/** Moves the focus to a field, or into its group; false when it is not on the page. */
export const focusField = (path: string): boolean => {
  const found = document.getElementById(fieldId(path));
  const control = found?.matches('fieldset') ? (found.querySelector('input, select, textarea') ?? found) : found;
  if (!(control instanceof HTMLElement)) return false;
  control.focus();
  control.scrollIntoView({ block: 'center' });
  return true;
};

type Props = {
  readonly problems: readonly FieldError[];
  /** Counts the attempts: each failed one moves the focus here anew. */
  readonly attempt: number;
  readonly goTo?: (path: string) => void;
};

/** Stands above the heading of a refused form; each line leads to its field. */
export const ErrorSummary = ({ problems, attempt, goTo = focusField }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);
  if (problems.length === 0) return null;
  const follow = (path: string) => (event: MouseEvent) => {
    event.preventDefault();
    goTo(path);
  };
  return (
    <div className="alert alert-error error-summary" role="alert" tabIndex={-1} ref={box}>
      <Icon name="error" className="alert-icon" />
      <div className="alert-body">
        <h2 className="alert-heading">{t('common.errors.heading')}</h2>
        <ul className="alert-text nobullet-list">
          {problems.map((problem) => (
            <li key={problem.path + problem.code}>
              <a href={`#${fieldId(problem.path)}`} onClick={follow(problem.path)}>
                {text(problem)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
};
