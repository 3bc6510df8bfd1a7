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

/** The words of a card of the present, or of one that has been. */
const useWords = (then: string | null) => {
  const { t } = useTranslation();
  const of = <Key extends 'handlerNone' | 'next' | 'nextNone'>(key: Key): string =>
    then ? t(`disputes.past.${key}`) : t(`case.owner.${key}`);
  return {
    of,
    away: (substitute: string | null): string => {
      if (substitute) return t(then ? 'disputes.past.away' : 'case.owner.away', { substitute });
      return t(then ? 'disputes.past.awayNobody' : 'case.owner.awayNobody');
    },
    onDuty: (who: string): string => t(then ? 'disputes.past.onDuty' : 'case.owner.onDuty', { who }),
  };
};

type Then = {
  /** Of a card of the past: its instant in words. */
  readonly then: string | null;
};

const Handler = ({ handler, then }: Pick<Card, 'handler'> & Then) => {
  const words = useWords(then);
  if (!handler) return <Badge tone="warning">{words.of('handlerNone')}</Badge>;
  return (
    <>
      {handler.title}, <Phone number={handler.phone} />
      {handler.present ? null : <p className="muted">{words.away(handler.substitute)}</p>}
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
const OnDuty = ({ unit, then }: Pick<Card, 'unit'> & Then) => {
  const words = useWords(then);
  return unit.onDuty.map(({ title, phone }) => (
    <p key={title}>
      {words.onDuty(title)} <Phone number={phone} />
    </p>
  ));
};

type Props = {
  readonly card: Card;
  /** The other sides are not told what runs in the case, so that nothing shown does not mean that nothing runs. */
  readonly readsCase?: boolean;
};

/** Who acts, when, in which department, and whom to call: on top of every case. */
export const OwnerCard = ({ card, readsCase = true, then = null }: Props & Partial<Then>) => {
  const { t } = useTranslation();
  const words = useWords(then);
  const id = then ? 'owner-then' : 'owner';
  const Heading = then ? 'h3' : 'h2';
  const text = useText();
  const when = useWhen();
  return (
    <section className="owner-card" aria-labelledby={id}>
      <Heading id={id}>{then ? t('disputes.past.heading', { when: then }) : t('case.owner.heading')}</Heading>
      <p className="owner-unit">
        {card.unit.name} <Phone number={card.unit.phone} />
      </p>
      <OnDuty unit={card.unit} then={then} />
      <Provisional card={card} />
      <dl className="facts">
        <Fact name={t('case.owner.handler')}>
          <Handler handler={card.handler} then={then} />
        </Fact>
        {card.next || readsCase ? (
          <Fact name={words.of('next')}>
            {card.next ? (
              <>
                {text(clockName(card.next.kind))} {t('case.owner.nextBy', { when: when(card.next.dueAt) })}{' '}
                {then ? null : <DueWords at={card.next.dueAt} />}
              </>
            ) : (
              words.of('nextNone')
            )}
          </Fact>
        ) : null}
        {card.assessment ? (
          <Fact name={t('case.owner.assessment')}>
            {card.assessment.unit.name}, <Phone number={card.assessment.unit.phone} />
            <OnDuty unit={card.assessment.unit} then={then} />
          </Fact>
        ) : null}
        <Fact name={t('case.owner.department')}>{text(card.department)}</Fact>
      </dl>
      <p className="muted owner-since">{t('case.owner.since', { when: when(card.since) })}</p>
    </section>
  );
};
