import { useTranslation } from 'react-i18next';
import { client, type Outputs } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { useText } from '../components/language.ts';
import { RadioField, TextField } from '../form/fields.tsx';
import { Reasoned } from '../form/reasoned.tsx';

export type Item = NonNullable<Outputs['access']['read']['open']>['items'][number];

type Props = {
  readonly id: string;
  readonly item: Item;
  /** Of all items one is being decided at a time. */
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
};

/** One thing that is told: what it says, whom else it may be about, and what a person has said of it. */
export const AccessItem = ({ id, item, open, setOpen }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const { label, third, said } = item;
  const options = [
    { value: 'keep', label: t('access.keep') },
    { value: 'black', label: t('access.black') },
  ];
  return (
    <li>
      {label ? (
        <p>
          <strong>{label}</strong>
        </p>
      ) : null}
      <p>{item.text}</p>
      {third && !said ? (
        <p>
          <Badge tone="warning">{text(third)}</Badge>
        </p>
      ) : null}
      {said ? (
        <p>
          <Badge tone={said.keep ? 'success' : 'info'}>{t(said.keep ? 'access.kept' : 'access.blacked')}</Badge>{' '}
          {said.reason} <span className="muted">({said.by})</span>
        </p>
      ) : null}
      {open ? (
        <Reasoned
          procedure={client.access.review}
          defaults={{ keep: said && !said.keep ? 'black' : 'keep', reason: said?.reason ?? '' }}
          input={({ keep, reason }) => ({ id, key: item.key, keep: keep === 'keep', reason })}
          submitLabel={t('access.save')}
          told={t('access.internal')}
          done={() => setOpen(false)}
          cancel={() => setOpen(false)}
        >
          <RadioField path="keep" label={t('access.choose')} options={options} />
          <TextField path="reason" label={t('access.why')} />
        </Reasoned>
      ) : (
        <button type="button" className="button button-secondary d-print-none" onClick={() => setOpen(true)}>
          {t(said ? 'access.change' : 'access.decide')}
          <span className="sr-only">: {label ?? item.text.slice(0, 40)}</span>
        </button>
      )}
    </li>
  );
};
