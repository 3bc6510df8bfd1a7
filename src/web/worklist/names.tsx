import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../api.ts';
import { Icon } from '../components/icon.tsx';

type Names = ReadonlyMap<string, string>;

/**
 * Names are a reading of their own, recorded for each child: asked for by a button, then only for rows that are
 * new on the list.
 */
export const useNames = (ids: readonly string[]) => {
  const [names, setNames] = useState<Names | null>(null);
  const unknown = names ? ids.filter((id) => !names.has(id)) : [];
  const wanted = unknown.join(' ');
  useEffect(() => {
    if (wanted === '') return;
    let current = true;
    const asked = wanted.split(' ').slice(0, 200);
    const read = async () => {
      const found = await client.referrals.names.query({ ids: asked }).catch(() => []);
      if (!current) return;
      const named = new Map(found.map(({ id, name }) => [id, name]));
      setNames((known) => new Map([...(known ?? []), ...asked.map((id) => [id, named.get(id) ?? ''] as const)]));
    };
    void read();
    return () => {
      current = false;
    };
  }, [wanted]);
  return { names, show: () => setNames(new Map()), hide: () => setNames(null) };
};

export const NamesButton = ({ names, show, hide }: ReturnType<typeof useNames>) => {
  const { t } = useTranslation();
  return (
    <div className="names-button">
      <button type="button" className="button button-secondary" onClick={names ? hide : show}>
        <Icon name={names ? 'visibility-off' : 'visibility'} />
        {t(names ? 'worklist.hideNames' : 'worklist.showNames')}
      </button>
      <span className="muted">{t('worklist.showNamesNote')}</span>
    </div>
  );
};
