import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonChange } from '#domain/person-change.ts';
import type { RegulationChange } from '#domain/regulation-change.ts';
import type { UnitChange } from '#domain/unit-change.ts';

type What = RegulationChange['what'] | UnitChange['what'] | PersonChange['what'];
type Forms = Readonly<Partial<Record<What, () => ReactNode>>>;

/** Chooses what is to be changed, and shows its form. */
export const ChooseForm = ({ forms }: { readonly forms: Forms }) => {
  const { t } = useTranslation();
  const whats = Object.keys(forms) as What[];
  const [what, setWhat] = useState<What | null>(null);
  const Form = what === null ? null : forms[what];
  return (
    <section aria-labelledby="propose">
      <h2 id="propose">{t('setup.propose.heading')}</h2>
      <div className="form-group">
        <label className="form-label" htmlFor="what">
          {t('setup.propose.what')}
        </label>
        <select
          id="what"
          className="form-select"
          value={what ?? ''}
          onChange={(event) => setWhat(whats.find((one) => one === event.target.value) ?? null)}
        >
          <option value="">{t('common.choose')}</option>
          {whats.map((one) => (
            <option key={one} value={one}>
              {t(`setup.what.${one}`)}
            </option>
          ))}
        </select>
      </div>
      {Form ? (
        <div className="setup-form" key={what}>
          {Form()}
        </div>
      ) : null}
    </section>
  );
};
