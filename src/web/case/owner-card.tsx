import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clockName } from '#domain/timeline.ts';
import type { OwnerCard as Card } from '../api.ts';
import { Badge } from '../components/badge.tsx';
import { DueWords } from '../components/due-words.tsx';
import { useText, useWhen } from '../components/language.ts';
import { Phone } from '../components/phone.tsx';

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const Handler = ({ handler }: Pick<Card, 'handler'>) => {
  const { t } = useTranslation();
  if (!handler) return <Badge tone="warning">{t('case.owner.handlerNone')}</Badge>;
  return (
    <>
      {handler.title}, <Phone number={handler.phone} />
      {handler.present ? null : (
        <p className="muted">
          {handler.substitute ? t('case.owner.away', { substitute: handler.substitute }) : t('case.owner.awayNobody')}
        </p>
      )}
    </>
  );
};

const Provisional = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  if (!card.provisional) return null;
  const { until, why } = card.provisional;
  return (
    <p className="owner-provisional">
      <Badge tone="info">{t('case.owner.provisional')}</Badge>{' '}
      {t('case.owner.provisionalFor', { unit: card.responsibleUnit.name })}
      {until ? ` ${t('case.owner.provisionalUntil', { when: when(until) })}` : ''}. {text(why)}
    </p>
  );
};

/** By the duty rota; nothing where a unit has none, or in a gap. */
const OnDuty = ({ unit }: Pick<Card, 'unit'>) => {
  const { t } = useTranslation();
  return unit.onDuty.map(({ title, phone }) => (
    <p key={title}>
      {t('case.owner.onDuty', { who: title })} <Phone number={phone} />
    </p>
  ));
};

type Props = {
  readonly card: Card;
  /** The other sides are not told what runs in the case, so that nothing shown does not mean that nothing runs. */
  readonly readsCase?: boolean;
};

/** Who acts, when, in which department, and whom to call: on top of every case. */
export const OwnerCard = ({ card, readsCase = true }: Props) => {
  const { t } = useTranslation();
  const text = useText();
  const when = useWhen();
  return (
    <section className="owner-card" aria-labelledby="owner">
      <h2 id="owner">{t('case.owner.heading')}</h2>
      <p className="owner-unit">
        {card.unit.name} <Phone number={card.unit.phone} />
      </p>
      <OnDuty unit={card.unit} />
      <Provisional card={card} />
      <dl className="facts">
        <Fact name={t('case.owner.handler')}>
          <Handler handler={card.handler} />
        </Fact>
        {card.next || readsCase ? (
          <Fact name={t('case.owner.next')}>
            {card.next ? (
              <>
                {text(clockName(card.next.kind))} {t('case.owner.nextBy', { when: when(card.next.dueAt) })}{' '}
                <DueWords at={card.next.dueAt} />
              </>
            ) : (
              t('case.owner.nextNone')
            )}
          </Fact>
        ) : null}
        {card.assessment ? (
          <Fact name={t('case.owner.assessment')}>
            {card.assessment.unit.name}, <Phone number={card.assessment.unit.phone} />
            <OnDuty unit={card.assessment.unit} />
          </Fact>
        ) : null}
        <Fact name={t('case.owner.department')}>{text(card.department)}</Fact>
      </dl>
      <p className="muted owner-since">{t('case.owner.since', { when: when(card.since) })}</p>
    </section>
  );
};
