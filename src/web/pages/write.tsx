import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { client, trpc } from '../api.ts';
import { useLanguage } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { DraftFiles } from '../form/draft-files.tsx';
import { DraftStatus } from '../form/draft-status.tsx';
import { useFormData } from '../form/form-data.ts';
import { fromInput } from '../form/from-input.ts';
import { useChecked } from '../form/use-checked.ts';
import { type StoredDraft, useDraft } from '../form/use-draft.ts';
import { EMPTY, type FormValues } from '../form/values.ts';
import { Wizard } from '../form/wizard.tsx';
import { problemOf } from '../problem.ts';
import { useSession } from '../session.tsx';
import { useAct } from '../use-act.ts';

/** Statistics Denmark's code of whoever works in such a unit. */
const CODE_OF_KIND: Readonly<Record<string, string>> = { school: '2', daycare: '3', 'health-visitors': '5' };

/** What is known of the writer, so that it need not be typed. */
const usePrefilled = (): FormValues => {
  const { title, unitId } = useSession();
  const { institutions } = useFormData();
  const language = useLanguage();
  const kind = institutions.find(({ id }) => id === unitId)?.kind ?? '';
  const notifier = { ...EMPTY.notifier, notifierCode: CODE_OF_KIND[kind] ?? '1', role: title };
  return { ...EMPTY, language, notifier };
};

const Writing = ({ stored }: { readonly stored: StoredDraft }) => {
  const { trin: step = 'children' } = useSearch({ from: '/gate/ny/$draftId' });
  const navigate = useNavigate();
  const prefilled = usePrefilled();
  const form = useForm<FormValues>({ defaultValues: fromInput(stored.form, prefilled) });
  const draft = useDraft(stored, form);
  const checked = useChecked(form);
  const sending = useAct(client.drafts.send, {
    done: ({ notificationId }) =>
      navigate({ to: '/sendt/$notificationId', params: { notificationId }, replace: true, ignoreBlocker: true }),
    failed: ({ fields }) => checked.refused(fields),
  });
  const { clear } = checked;
  const shown = useRef(step);
  useEffect(() => {
    // Errors of one step do not follow to the next; from the last they show the way back.
    if (shown.current !== step && shown.current !== 'review') clear();
    shown.current = step;
  }, [step, clear]);

  const send = async () => {
    if (await draft.flush()) sending.run({ id: stored.id, stateVersion: draft.version() });
  };
  return (
    <FormProvider {...form}>
      <Wizard
        step={step}
        checked={checked}
        sending={sending.pending}
        problem={sending.problem?.code === 'INVALID' && checked.problems.length > 0 ? null : sending.problem}
        send={() => void send()}
        files={(shown) => <DraftFiles draftId={stored.id} shown={shown} />}
        status={<DraftStatus state={draft.state} href={`/ny/${stored.id}`} settle={draft.settle} />}
      />
    </FormProvider>
  );
};

const Gone = () => {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle title={t('form.gone')} />
      <p>{t('form.goneText')}</p>
      <Link to="/mine">{t('notifier.done.all')}</Link>
    </>
  );
};

/** A draft on the screen is the writer's; it is read once, when it is opened, and never from memory. */
export const WritePage = () => {
  const { draftId } = useParams({ from: '/gate/ny/$draftId' });
  const draft = useQuery(
    trpc.drafts.get.queryOptions(
      { id: draftId },
      { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
    ),
  );
  if (draft.data) return <Writing key={draft.data.id} stored={draft.data} />;
  if (draft.error) {
    return problemOf(draft.error).code === 'NOT_FOUND' ? (
      <Gone />
    ) : (
      <Failed error={draft.error} retry={draft.refetch} />
    );
  }
  return <Loading />;
};
