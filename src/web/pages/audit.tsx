import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterForm, UnmaskForm } from '../audit/forms.tsx';
import { Journal } from '../audit/journal.tsx';
import { type Asked, Lines } from '../audit/lines.tsx';
import { PageTitle } from '../components/page-title.tsx';
import { AUDIT_PARTS } from '../searches.ts';

const ALL = { caseNumber: null, who: null };

/** One audit: who has seen what, acts, the setup, and whether the journal is whole. */
export const AuditPage = () => {
  const { t } = useTranslation();
  const { auditId: id } = useParams({ from: '/gate/revision/$auditId' });
  const { del: part = 'reads' } = useSearch({ from: '/gate/revision/$auditId' });
  const [filter, setFilter] = useState<Omit<Asked, 'id'>>(ALL);
  return (
    <>
      <PageTitle title={t(`audit.parts.${part}`)} windowTitle={`${t('audit.title')}: ${t(`audit.parts.${part}`)}`} />
      <p>
        <Link to="/revision">{t('audit.back')}</Link>
      </p>
      <nav className="tab-container list-tabs" aria-label={t('audit.title')}>
        <ul className="tab-list">
          {AUDIT_PARTS.map((key) => (
            <li key={key}>
              <Link
                to="/revision/$auditId"
                params={{ auditId: id }}
                search={key === 'reads' ? {} : { del: key }}
                className="tab-button"
                activeOptions={{ exact: true }}
              >
                <span>{t(`audit.parts.${key}`)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {part === 'journal' ? (
        <Journal />
      ) : (
        <>
          <details className="audit-ask d-print-none">
            <summary>{t('audit.filter')}</summary>
            <FilterForm show={setFilter} />
          </details>
          {(filter.caseNumber ?? filter.who) ? (
            <p>
              {[filter.caseNumber, filter.who].filter(Boolean).join(', ')}{' '}
              <button type="button" className="function-link" onClick={() => setFilter(ALL)}>
                {t('audit.clear')}
              </button>
            </p>
          ) : null}
          <Lines list={part} asked={{ id, ...filter }} />
          <p className="muted">{t('audit.codes')}</p>
          <details className="audit-ask d-print-none">
            <summary>{t('audit.unmask.heading')}</summary>
            <UnmaskForm id={id} />
          </details>
        </>
      )}
    </>
  );
};
