import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { CHANNELS } from '#domain/codes.ts';
import { clockName } from '#domain/timeline.ts';
import type { WorkItem } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { DueWords } from '../components/due-words.tsx';
import { useText, useWhen } from '../components/language.ts';
import { StatusBadge } from '../components/status-badge.tsx';

type Props = { readonly item: WorkItem };

export const DueCell = ({ item }: Props) => {
  const text = useText();
  const when = useWhen();
  return (
    <>
      <DueWords at={item.nextDueAt} />
      {item.nextDueKind ? <span className="line">{text(clockName(item.nextDueKind))}</span> : null}
      {item.nextDueAt ? <span className="line muted">{when(item.nextDueAt)}</span> : null}
    </>
  );
};

export const CaseCell = ({ item }: Props) => {
  const { t } = useTranslation();
  return (
    <>
      <Link to="/sag/$referralId" params={{ referralId: item.id }} className="row-link" data-row={item.id}>
        {item.caseNumber}
      </Link>
      <span className="line">
        <StatusBadge status={item.status} />
        {item.acute ? <Badge tone="error">{t('common.acute')}</Badge> : null}
      </span>
    </>
  );
};

/** `name`: null until the names have been asked for. */
export const ChildCell = ({ item, name }: Props & { readonly name: string | null }) => {
  const { t } = useTranslation();
  const age =
    item.childAge === null
      ? t('worklist.ageUnknown')
      : item.childAge === 0
        ? t('worklist.ageUnborn')
        : t('worklist.age', { age: item.childAge });
  if (name === null) return age;
  return (
    <>
      <strong>{name || t('worklist.nameUnknown')}</strong>
      <span className="line muted">{age}</span>
    </>
  );
};

export const FromCell = ({ item }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  const channel = CHANNELS.find(({ code }) => code === item.channel);
  const from = item.senderUnit?.name ?? (channel ? t('worklist.channel.prefix', { channel: text(channel) }) : '');
  return (
    <>
      {from}
      <span className="line muted">{when(item.receivedAt)}</span>
    </>
  );
};

const Handler = ({ item: { standIn, handler } }: Props) => {
  const { t } = useTranslation();
  return standIn ? t('worklist.standIn', { who: handler?.title ?? '' }) : (handler?.title ?? t('worklist.nobody'));
};

export const OwnerCell = ({ item }: Props) => {
  const { t } = useTranslation();
  return (
    <>
      {item.ownerUnit.name}
      {item.provisionalRule ? (
        <span className="line">
          <Badge tone="info">{t('worklist.provisional', { unit: item.responsibleUnit.name })}</Badge>
        </span>
      ) : null}
      {item.assessmentUnit ? (
        <span className="line">{t('worklist.assessedBy', { unit: item.assessmentUnit.name })}</span>
      ) : null}
      <span className={item.duty ? 'line' : 'line muted'}>
        {item.duty ? t('worklist.duty', { who: item.duty }) : <Handler item={item} />}
      </span>
      {item.gone && !item.standIn && !item.duty ? (
        <span className="line">
          <Badge tone="warning">
            {item.gone.answers
              ? t('unattended.badge.substitute', { who: item.gone.answers })
              : t('unattended.badge.nobody')}
          </Badge>
        </span>
      ) : null}
    </>
  );
};
