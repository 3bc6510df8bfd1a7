import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { LetterWay } from '#domain/letter-record.ts';
import { instant } from '#domain/time.ts';
import { CaseActForm } from '../acts/case-act-form.tsx';
import { chosen } from '../acts/form-schemas.ts';
import type { ActProps } from '../acts/use-case-act.ts';
import { client, type LetterPage } from '../api.ts';
import { DateField } from '../form/date-field.tsx';
import { RadioField, TextField } from '../form/fields.tsx';
import { momentOf, readMoment } from '../form/moment.ts';
import { useNow } from '../session.tsx';

const schema = z
  .object({ way: chosen, spokenTo: z.string().trim().max(200) })
  .refine(({ way, spokenTo }) => way !== 'phoned' || spokenTo !== '', { path: ['spokenTo'], message: 'required' });

/** Ticks a letter off: posted or phoned, to whom, when. */
export const SendLetterForm = ({ item, ...props }: Omit<ActProps, 'told'> & { readonly item: LetterPage }) => {
  const { t } = useTranslation();
  const now = instant(useNow());
  return (
    <CaseActForm
      {...props}
      told={t('delivery.letter.told')}
      procedure={client.letters.send}
      defaults={{ way: '', spokenTo: '', ...momentOf(now) }}
      schema={schema}
      input={({ way, spokenTo, on, time }) => {
        const moment = readMoment({ on, time }, now);
        if (!('wire' in moment)) return { refused: moment };
        return { id: item.id, way: way as LetterWay, occurredAt: moment.wire, spokenTo: spokenTo.trim() || null };
      }}
      submitLabel={t('delivery.letter.submit')}
      doneText={t('delivery.letter.done')}
    >
      <RadioField
        path="way"
        label={t('delivery.letter.way')}
        options={(['posted', 'phoned'] as const).map((way) => ({
          value: way,
          label: t(`delivery.letter.ways.${way}`),
        }))}
      />
      <TextField
        path="spokenTo"
        label={t('delivery.letter.spokenTo')}
        hint={t('delivery.letter.spokenToHint')}
        optional
      />
      <DateField path="on" label={t('delivery.letter.when')} />
      <TextField path="time" label={t('common.time')} width="short" />
    </CaseActForm>
  );
};
