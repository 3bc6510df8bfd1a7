import { linesOf } from '#domain/form-lines.ts';
import { useLabel } from './use-label.ts';
import { useSay } from './use-say.ts';

type Props = {
  /** Parts of a notification, in the shape in which it is sent. */
  readonly parts: Readonly<Record<string, unknown>>;
  /** Above the answers, where there are any. */
  readonly heading?: string;
  /** What to say where there are none. */
  readonly empty?: string;
};

/** Answers to look over: what was asked, and what was answered. */
export const Answers = ({ parts, heading, empty }: Props) => {
  const label = useLabel();
  const say = useSay();
  const lines = Object.entries(parts).flatMap(([field, value]) => linesOf(field, value, say));
  if (lines.length === 0) return empty ? <p className="muted">{empty}</p> : null;
  return (
    <>
      {heading ? <h3>{heading}</h3> : null}
      <dl className="answers">
        {lines.map(({ field, number, value }) => (
          <div key={`${field} ${number}`}>
            <dt>{number === null ? label(field) : `${label(field)} (${number})`}</dt>
            <dd className="as-written">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
};
