import { isLegal } from './lifecycle.ts';
import { can, type Subject } from './policy.ts';
import type { Status } from './referral.ts';
import type { Actor } from './scope.ts';

export type OfferedAct =
  | 'acknowledge'
  | 'assign'
  | 'stay-on'
  | 'add-evidence'
  | 'identify-child'
  | 'mark-in-error'
  | 'add-to-notification';

/** What this person may do now with this referral: what the policy grants and the state allows. */
export const offeredActs = (
  actor: Actor,
  subject: Subject,
  state: { readonly status: Status; readonly childIdentity: string; readonly hasNotification: boolean },
): OfferedAct[] => {
  const acts = (
    ['acknowledge', 'assign', 'stay-on', 'add-evidence', 'identify-child', 'mark-in-error'] as const
  ).filter((act) => isLegal(act, state.status) && can(actor, `referral.${act}`, subject));
  const offered: OfferedAct[] = acts.filter((act) => act !== 'identify-child' || state.childIdentity !== 'known');
  if (state.hasNotification && can(actor, 'notification.add', subject)) offered.push('add-to-notification');
  return offered;
};
