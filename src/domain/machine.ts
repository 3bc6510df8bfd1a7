import { refuseField } from './field-errors.ts';
import type { NotificationForm } from './notification-form.ts';
import type { Organisation, Role } from './organisation.ts';
import { isValid } from './organisation-tree.ts';
import type { Action } from './policy.ts';
import type { PersonActor } from './scope.ts';
import { type Instant, localDay } from './time.ts';

/**
 * What a key may be for: a closed list, each with the acts that it opens and the role in the key's unit in which it does
 * them. No key opens a case, and none opens what is not here. `submit`: hand in notifications and read the choices of the
 * form; the notifier that is named in it is told, not the program. `figures`: counts of its unit.
 */
export const KEY_SCOPES = {
  submit: { role: 'notifier', actions: ['notification.submit', 'organisation.read'] },
  figures: { role: 'team-leader', actions: ['figures.read'] },
} as const satisfies Readonly<Record<string, { readonly role: Role; readonly actions: readonly Action[] }>>;
export type KeyScope = keyof typeof KEY_SCOPES;
export const KEY_SCOPE_NAMES = Object.keys(KEY_SCOPES) as [KeyScope, ...KeyScope[]];

/** Days. A key lives a year at most; after it was followed by another both open for a week. */
export const KEY_LIFE = { most: 365, overlap: 7 } as const;

export const isKeyScope = (name: string): name is KeyScope => Object.hasOwn(KEY_SCOPES, name);

/** As whom a key acts and is named in every record: no person of the municipality has such an id. */
const machineId = (keyId: string): string => `machine:${keyId}`;
export const isMachine = (personId: string): boolean => personId.startsWith('machine:');

/**
 * A program hands in for somebody: who that is stands in the form, a professional with a mail address of their own, to whom
 * the receipt and the feedback go. Throws INVALID.
 */
export const demandNamed = ({ notifier }: Pick<NotificationForm, 'notifier'>): void => {
  if (notifier.basis !== 'professional' && notifier.basis !== 'municipality') {
    refuseField('notifier.basis', 'unknown-choice');
  }
  if (!notifier.workEmail) refuseField('notifier.workEmail', 'required');
};

export type Key = {
  readonly id: string;
  /** The program: the first of the keys that followed each other. */
  readonly lineId: string;
  /** All of them. */
  readonly line: readonly string[];
  readonly unitId: string;
  readonly scopes: readonly KeyScope[];
};

export type Machine = {
  readonly actor: PersonActor;
  /** Whose request it is, under whichever of the program's keys it comes: what is sent again after a rotation is the same. */
  readonly program: string;
  readonly actions: ReadonlySet<Action>;
};

/** The key as an actor in its unit, and all that it may do; null when the unit is closed or gone. */
export const machineOf = (
  { id, lineId, line, unitId, scopes }: Key,
  organisation: Organisation,
  at: Instant,
): Machine | null => {
  const unit = organisation.units.get(unitId);
  if (!unit || !isValid(unit.validity, localDay(at))) return null;
  const roles = [...new Set(scopes.map((scope) => KEY_SCOPES[scope].role))].map((role) => ({
    role,
    unit: unitId,
    covers: [unitId],
  }));
  const { department } = unit;
  const standsInFor = line.filter((other) => other !== id).map(machineId);
  return {
    actor: { kind: 'person', personId: machineId(id), unitId, department, roles, standsInFor },
    program: machineId(lineId),
    actions: new Set(scopes.flatMap((scope): readonly Action[] => KEY_SCOPES[scope].actions)),
  };
};
