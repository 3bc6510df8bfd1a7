import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, type Opened } from '../api.ts';
import { Alert } from '../components/alert.tsx';
import { useLanguage, useText } from '../components/language.ts';
import { PageTitle } from '../components/page-title.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { SentCard } from '../components/sent-card.tsx';
import { CodeForm } from '../door/code-form.tsx';
import { useRefusals } from '../form/use-refusals.ts';
import { useAct } from '../use-act.ts';

/** The notifier's view, as behind a login, but that children are numbered instead of named. */
const View = ({ opened }: { readonly opened: Opened }) => {
  const { t } = useTranslation();
  const last = Math.max(1, ...opened.answers.map(({ child }) => child));
  const nameOf = (number: number): string => t('door.back.childNumber', { number });
  const childNames = last > 1 ? Array.from({ length: last }, (_, at) => nameOf(at + 1)) : [];
  const answers = opened.answers.map((answer) => ({ ...answer, child: nameOf(answer.child) }));
  return (
    <>
      <SentCard
        item={{ ...opened, notificationId: '', childNames, answers, requests: [], inPlaceOf: null }}
        level={2}
      />
      <p className="muted">{t('door.back.shown')}</p>
    </>
  );
};

const Renew = ({ token }: { readonly token: string }) => {
  const { t } = useTranslation();
  const [sent, setSent] = useState(false);
  const renew = useAct(client.door.renewLink, { refresh: false, done: () => setSent(true) });
  return (
    <>
      <ProblemAlert problem={renew.problem} />
      {sent ? (
        <Alert tone="success" live>
          <p>{t('door.back.renewed')}</p>
        </Alert>
      ) : null}
      <button type="button" className="button button-primary" onClick={() => renew.run({ token })}>
        {t('door.back.renew')}
      </button>
    </>
  );
};

const Opening = ({ token }: { readonly token: string }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const text = useText();
  const refusals = useRefusals();
  const [code, setCode] = useState<{ id: string; sent: number } | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const asking = useAct(client.door.requestLinkCode, {
    refresh: false,
    done: ({ codeId }) => setCode((before) => ({ id: codeId, sent: (before?.sent ?? -1) + 1 })),
  });
  const opening = useAct(client.door.openLink, {
    refresh: false,
    done: setOpened,
    failed: ({ fields }) => refusals.refuse(fields.map((field) => ({ ...field, path: 'code' }))),
  });
  const problem = opening.problem ?? asking.problem;
  const ask = (): void => asking.run({ token, language });
  if (opened) return <View opened={opened} />;
  if (problem?.code === 'NOT_FOUND') {
    return (
      <>
        <Alert tone="warning" live>
          <p>{problem.reason ? text(problem.reason) : null}</p>
        </Alert>
        <Renew token={token} />
      </>
    );
  }
  if (code === null) {
    return (
      <>
        <p className="lead">{t('door.back.lead')}</p>
        <ProblemAlert problem={problem} />
        <button type="button" className="button button-primary" onClick={ask}>
          {t(asking.pending ? 'common.sending' : 'door.back.ask')}
        </button>
      </>
    );
  }
  return (
    <CodeForm
      refusals={refusals}
      problem={problem}
      pending={opening.pending}
      submitLabel={t('door.back.open')}
      told={t('door.back.openTold')}
      submit={(digits) => opening.run({ token, confirmation: { id: code.id, code: digits } })}
      again={ask}
      sentAgain={code.sent}
    >
      <p className="lead">{t('door.code.sentSomewhere')}</p>
    </CodeForm>
  );
};

/** Where a mail's link leads: its token stands behind `#`, which no server sees. */
export const OpenedLinkPage = () => {
  const { t } = useTranslation();
  const [token] = useState(() => window.location.hash.slice(1));
  return (
    <div className="narrow">
      <PageTitle title={t('door.back.title')} />
      {token === '' ? <p className="lead">{t('door.back.none')}</p> : <Opening token={token} />}
    </div>
  );
};
