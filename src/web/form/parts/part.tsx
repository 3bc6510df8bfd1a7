import type { Step } from '../steps.ts';
import { AcutePart } from './acute.tsx';
import { ChildrenPart } from './children.tsx';
import { ConcernPart } from './concern.tsx';
import { FamilyPart } from './family.tsx';
import { NotifierPart } from './notifier.tsx';
import { ParentsPart } from './parents.tsx';
import { TriedPart } from './tried.tsx';

export type AskingStep = Exclude<Step, 'review'>;
type Props = { readonly step: AskingStep; readonly registering?: boolean };

/** The questions of one step. */
export const Part = ({ step, registering = false }: Props) => {
  switch (step) {
    case 'children':
      return <ChildrenPart />;
    case 'family':
      return <FamilyPart />;
    case 'concern':
      return <ConcernPart />;
    case 'tried':
      return <TriedPart />;
    case 'parents':
      return <ParentsPart />;
    case 'acute':
      return <AcutePart />;
    case 'notifier':
      return <NotifierPart registering={registering} />;
  }
};
