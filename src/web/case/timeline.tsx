import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseEvent } from '../api.ts';
import { useText, useWhen } from '../components/language.ts';

const KINDS = ['acts', 'messages', 'clocks', 'moves'] as const;
type Kind = (typeof KINDS)[number];

/** Which group of the filter a line of the journal belongs to; what is not listed is an act. */
const GROUPS: Readonly<Record<string, Kind>> = {
  'receipt-delivered': 'messages',
  'notification-received': 'messages',
  'notification-added-to': 'messages',
  'feedback-given': 'messages',
  'feedback-delivered': 'messages',
  'clocks-started': 'clocks',
  'alarm-raised': 'clocks',
  routed: 'moves',
  'routed-again': 'moves',
  owned: 'moves',
  'ownership-returned': 'moves',
  'reviewed-at-closing': 'moves',
  'handover-proposed': 'moves',
  'handover-accepted': 'moves',
  'handover-declined': 'moves',
  'handover-withdrawn': 'moves',
  'handover-closed': 'moves',
  'dispute-raised': 'moves',
  'dispute-settled': 'moves',
  'dispute-withdrawn': 'moves',
  escalated: 'moves',
  'escalation-ended': 'moves',
  'step-begun': 'moves',
  'climbed-early': 'moves',
  'dissent-recorded': 'moves',
  'responsible-named': 'moves',
};

const Entry = ({ event }: { readonly event: CaseEvent }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  return (
    <li className={`event event-${GROUPS[event.kind] ?? 'acts'}`}>
      <p className="event-when">
        <time dateTime={event.at}>{when(event.at, 'full')}</time>
      </p>
      <p className="event-name">{text(event.name)}</p>
      {event.detail ? <p>{text(event.detail)}</p> : null}
      {event.text ? <p className="as-written">{event.text}</p> : null}
      {event.shows ? (
        <p className="as-written">
          {t('disputes.shows')} {event.shows}
        </p>
      ) : null}
      <p className="muted">
        {event.actor ?? t('case.timeline.system')}
        {event.registeredAt === event.at
          ? null
          : `. ${t('case.timeline.registered', { when: when(event.registeredAt) })}`}
      </p>
    </li>
  );
};

/** One history of acts, messages, clocks and moves, newest first. */
export const Timeline = ({ events }: { readonly events: readonly CaseEvent[] }) => {
  const { t } = useTranslation();
  const [only, setOnly] = useState<Kind | 'all'>('all');
  const shown = events.filter(({ kind }) => only === 'all' || (GROUPS[kind] ?? 'acts') === only);
  return (
    <section className="panel" aria-labelledby="timeline">
      <h2 id="timeline">{t('case.timeline.heading')}</h2>
      <fieldset className="filter d-print-none">
        <legend className="sr-only">{t('case.timeline.filter')}</legend>
        {(['all', ...KINDS] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            className="filter-button"
            aria-pressed={only === kind}
            onClick={() => setOnly(kind)}
          >
            {t(`case.timeline.${kind}`)}
          </button>
        ))}
      </fieldset>
      {shown.length === 0 ? <p className="muted">{t('case.timeline.empty')}</p> : null}
      <ol className="timeline nobullet-list">
        {shown.map((event) => (
          <Entry key={event.seq} event={event} />
        ))}
      </ol>
    </section>
  );
};
