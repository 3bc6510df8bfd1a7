import { createContext, use } from 'react';
import { type DoorKind, doorKind } from '#domain/door.ts';
import { STEPS, type Step } from '../form/steps.ts';

/** Where a page stands: behind the login, or at the door without one, by the kind of notifier once that is known. */
type Place = 'gate' | 'door' | DoorKind;

const Context = createContext<Place>('gate');
export const AtDoor = Context.Provider;

export const useAtDoor = (): boolean => use(Context) !== 'gate';

/** Null behind the login, and before it is known. */
export const useDoorKind = (): DoorKind | null => {
  const place = use(Context);
  return place === 'gate' || place === 'door' ? null : place;
};

/** Whoever is owed more than the receipt must be reachable by a confirmed mail. */
export const useMailDemanded = (): boolean => {
  const kind = useDoorKind();
  return kind !== null && doorKind(kind).mail === 'demanded';
};

const CITIZENS: readonly Step[] = ['children', 'concern', 'acute', 'notifier', 'review'];

/** Citizens are asked less: what they tell of the family stands in their text. Of an anonymous one nothing is asked. */
export const useSteps = (): readonly Step[] => {
  const kind = useDoorKind();
  if (kind === 'citizen') return CITIZENS;
  return kind === 'anonymous' ? CITIZENS.filter((step) => step !== 'notifier') : STEPS;
};
