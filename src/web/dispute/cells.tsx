import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DueWords } from '../components/due-words.tsx';
import { useWhen } from '../components/language.ts';

export const DueCell = ({ at }: { readonly at: string }) => {
  const when = useWhen();
  return (
    <>
      <DueWords at={at} />
      <span className="line muted">{when(at)}</span>
    </>
  );
};

type MatterProps = {
  readonly item: { readonly referralId: string; readonly caseNumber: string };
  /** What else of it stands below its number. */
  readonly children: ReactNode;
};

/** The way to the page of a hand-over or a dispute. */
export const MatterCell = ({ item: { referralId, caseNumber }, children }: MatterProps) => (
  <>
    <Link to="/uenighed/$referralId" params={{ referralId }} className="row-link" data-row={referralId}>
      {caseNumber}
    </Link>
    {children}
  </>
);
