import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Outputs, trpc } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';
import { Failed, Loading } from '../components/problem-alert.tsx';
import { ChangeGroup } from '../setup/changes-list.tsx';
import { SetupHead } from '../setup/tabs.tsx';

type Setup = Outputs['setup']['changes'];
type Event = Setup['events'][number];

const Events = ({ events }: { readonly events: readonly Event[] }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  return (
    <ul className="nobullet-list">
      {events.map(({ id, at, name, person }) => (
        <li key={id}>
          {when(at)}: {text(name)}
          <span className="muted"> ({person ?? t('setup.events.system')})</span>
        </li>
      ))}
    </ul>
  );
};

/** *Ændringer*: what is proposed and was decided, and everything that has been done to the setup. */
export const SetupChangesPage = () => {
  const { t } = useTranslation();
  const changes = useQuery(trpc.setup.changes.queryOptions());
  const open = changes.data?.changes.filter(({ state }) => state === 'proposed') ?? [];
  const decided = changes.data?.changes.filter(({ state }) => state !== 'proposed') ?? [];
  return (
    <>
      <SetupHead part="changes" />
      {changes.error ? <Failed error={changes.error} retry={changes.refetch} /> : null}
      {changes.isPending ? <Loading /> : null}
      {changes.data ? (
        <>
          <ChangeGroup title={t('setup.changes.open')} none={t('setup.changes.none')} items={open} />
          <ChangeGroup title={t('setup.changes.decided')} none={t('setup.changes.noneDecided')} items={decided} />
          <h2>{t('setup.changes.log')}</h2>
          <Events events={changes.data.events} />
        </>
      ) : null}
    </>
  );
};
