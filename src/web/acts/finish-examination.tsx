import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Case, client } from '../api.ts';
import { useWhen } from '../components/language.ts';
import { TextArea } from '../form/fields.tsx';
import { useNow } from '../session.tsx';
import { CaseActForm } from './case-act-form.tsx';
import { longText } from './form-schemas.ts';
import type { ActProps } from './use-case-act.ts';

const inTime = z.object({ conclusion: longText });
const late = z.object({ conclusion: longText, preliminaryAssessment: longText });

/** When the four months are over: since when; else null. */
const useOverdueSince = ({ examination, clocks }: Case): string | null => {
  const now = useNow();
  if (examination !== 'investigation') return null;
  const clock = clocks.find(({ kind, state }) => kind === 'investigation' && state === 'running');
  return clock && Date.parse(clock.dueAt) < Date.parse(now) ? clock.dueAt : null;
};

/** What the limited examination or the investigation showed; late, the preliminary assessment too. */
export const FinishExaminationForm = ({ item, ...props }: ActProps & { readonly item: Case }) => {
  const { t } = useTranslation();
  const when = useWhen();
  const since = useOverdueSince(item);
  return (
    <CaseActForm
      {...props}
      procedure={client.work.finishExamination}
      defaults={{ conclusion: '', preliminaryAssessment: '' }}
      schema={since ? late : inTime}
      input={({ conclusion, preliminaryAssessment }) => ({
        id: item.id,
        stateVersion: item.stateVersion,
        conclusion,
        preliminaryAssessment: since ? preliminaryAssessment : null,
      })}
      submitLabel={t('work.finish.submit')}
      doneText={t('work.finish.done')}
    >
      <TextArea path="conclusion" label={t('work.finish.conclusion')} rows={6} />
      {since ? (
        <TextArea
          path="preliminaryAssessment"
          label={t('work.finish.preliminary')}
          hint={t('work.finish.preliminaryHint', { when: when(since) })}
        />
      ) : null}
    </CaseActForm>
  );
};
