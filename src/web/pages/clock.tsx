import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { atLocal, instant, isAfter, iso, T } from '#domain/time.ts';
import { queryClient } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useWhen } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { ActForm } from '../form/act-form.tsx';
import { DateField, wholeDay } from '../form/date-field.tsx';
import { TextField } from '../form/fields.tsx';
import { type MomentValues, momentOf, TIME } from '../form/moment.ts';
import { training } from '../training.ts';
import { exceptDrafts } from '../use-act.ts';

const STEPS = ['PT15M', 'PT1H', 'PT4H', 'P1D', 'P3D', 'P7D'] as const;
const CLOCK = ['training', 'clock'] as const;

/** The typed local moment, if it is one and lies ahead. */
const ahead = ({ on, time }: MomentValues, now: string): string | null => {
  const match = TIME.exec(time.trim());
  try {
    const at = match ? atLocal(T.PlainDate.from(wholeDay(on)), `${match[1]?.padStart(2, '0')}:${match[2]}`) : null;
    return at && isAfter(at, instant(now)) ? iso(at) : null;
  } catch {
    return null;
  }
};

type Move = { readonly now: string; readonly pending: boolean; readonly move: (to: string) => void };
const MoveTo = ({ now, pending, move }: Move) => {
  const { t } = useTranslation();
  const [wrong, setWrong] = useState(false);
  const form = useForm({ defaultValues: momentOf(instant(now)) });
  return (
    <>
      <h2>{t('training.clock.to')}</h2>
      {wrong ? (
        <Alert tone="error" live>
          <p>{t('training.clock.wrong')}</p>
        </Alert>
      ) : null}
      <ActForm
        form={form}
        problems={[]}
        attempt={0}
        problem={null}
        pending={pending}
        submitLabel={t('training.clock.toSubmit')}
        told=""
        submit={(values) => {
          const to = ahead(values, now);
          setWrong(to === null);
          if (to) move(to);
        }}
      >
        <DateField path="on" label={t('common.date')} />
        <TextField path="time" label={t('common.time')} width="short" />
      </ActForm>
    </>
  );
};

const Examples = () => {
  const { t } = useTranslation();
  const load = useMutation({
    mutationFn: training.examples,
    onSuccess: () => queryClient.invalidateQueries(exceptDrafts),
  });
  return (
    <section aria-labelledby="examples">
      <h2 id="examples">{t('training.clock.examples')}</h2>
      <p>{t('training.clock.examplesText')}</p>
      <button type="button" className="button button-secondary" onClick={() => load.mutate()}>
        {load.isPending ? t('common.sending') : t('training.clock.examplesLoad')}
      </button>
      <div role="status">
        {load.data ? <p>{t('training.clock.examplesDone', { count: load.data.loaded })}</p> : null}
        {load.error ? <p>{t('common.errors.INTERNAL')}</p> : null}
      </div>
    </section>
  );
};

/** Training only: time moves forward, stopping at each due instant on the way. */
export const ClockPage = () => {
  const { t } = useTranslation();
  const when = useWhen();
  const clock = useQuery({ queryKey: CLOCK, queryFn: training.clock });
  const move = useMutation({
    mutationFn: training.move,
    onSuccess: async (moved) => {
      queryClient.setQueryData(CLOCK, moved);
      await queryClient.invalidateQueries(exceptDrafts);
    },
  });
  if (clock.error) return <Failed error={clock.error} retry={clock.refetch} />;
  if (!clock.data) return <Loading />;
  return (
    <div className="narrow">
      <PageTitle title={t('training.clock.title')} />
      <p className="clock-now" role="status">
        {t('training.clock.now')} <strong>{when(clock.data.now, 'full')}</strong>
      </p>
      <p>{t('training.clock.lead')}</p>
      <fieldset className="clock-steps">
        <legend className="form-label">{t('training.clock.advance')}</legend>
        {STEPS.map((advance) => (
          <button
            key={advance}
            type="button"
            className="button button-secondary"
            onClick={() => move.isPending || move.mutate({ advance })}
          >
            {t(`training.clock.${advance}`)}
          </button>
        ))}
      </fieldset>
      <div role="status">{move.isPending ? <p>{t('training.clock.moving')}</p> : null}</div>
      {move.error ? (
        <Alert tone="error" live>
          <p>{t('training.clock.wrong')}</p>
        </Alert>
      ) : null}
      <MoveTo now={clock.data.now} pending={move.isPending} move={(to) => move.mutate({ to })} />
      <Examples />
    </div>
  );
};
