import { offeredMatters } from './acts.ts';
import { stepAfter } from './ladder-step.ts';
import { isLegal } from './lifecycle.ts';
import { awaitsMinutes, meetingNameOf, meetingNow } from './meeting.ts';
import { type Dispute, type OpenMatters, openDispute } from './ownership.ts';
import { type Action, can } from './policy.ts';
import type { Subject } from './policy-relations.ts';
import type { Status } from './referral.ts';
import type { Actor } from './scope.ts';
import { type Instant, instant, isBefore } from './time.ts';
import type { World } from './world.ts';

type Scene = { readonly open: OpenMatters; readonly world: World; readonly now: Instant };
/** The open dispute or escalation that the act is about, with the scene; not asked where there is none. */
type InDispute = Scene & { readonly dispute: Dispute };

const always = (): boolean => true;

/** Acts on a hand-over, with what must stand beyond its being there. */
const HANDOVER = {
  'accept-handover': ['handover.accept', always],
  'decline-handover': ['handover.decline', ({ open }) => open.handover?.state === 'proposed'],
  'withdraw-handover': ['handover.withdraw', always],
} as const satisfies Readonly<Record<string, readonly [Action, (scene: Scene) => boolean]>>;

/** Acts in a dispute. */
const DISPUTE = {
  claim: ['dispute.claim', always],
  'propose-settlement': ['dispute.propose-settlement', always],
  agree: ['dispute.agree', ({ dispute }) => dispute.proposal !== null],
  'decide-dispute': ['dispute.decide', always],
  'call-meeting': ['dispute.call-meeting', ({ dispute, world }) => meetingNameOf(dispute, world.organisation) !== null],
  'record-minutes': ['dispute.record-minutes', ({ dispute, now }) => awaitsMinutes(dispute, now)],
  'cancel-meeting': [
    'dispute.cancel-meeting',
    ({ dispute, now }) => {
      const meeting = meetingNow(dispute);
      return meeting !== null && !meeting.held && isBefore(now, instant(meeting.at));
    },
  ],
  'climb-early': ['dispute.climb-early', ({ dispute, world, now }) => stepAfter(dispute, now, world) !== null],
  'withdraw-dispute': ['dispute.withdraw', always],
} as const satisfies Readonly<Record<string, readonly [Action, (scene: InDispute) => boolean]>>;

/** Silence is ended by the act that it waits for, or by a decision. */
const IN_ESCALATION: ReadonlySet<string> = new Set(['decide-dispute']);

export type MatterAct = keyof typeof HANDOVER | keyof typeof DISPUTE | 'raise-dispute';

/** What this person may do now about what is open of a referral's ownership. */
export const offeredInMatter = (actor: Actor, subject: Subject, status: Status, scene: Scene): MatterAct[] => {
  const { open } = scene;
  const dispute = openDispute(open);
  const handovers = (Object.keys(HANDOVER) as (keyof typeof HANDOVER)[]).filter((act) => {
    const [action, stands] = HANDOVER[act];
    return open.handover && stands(scene) && isLegal(act, status) && can(actor, action, subject);
  });
  const disputes = (Object.keys(DISPUTE) as (keyof typeof DISPUTE)[]).filter((act) => {
    const [action, stands] = DISPUTE[act];
    if (!dispute || (dispute.kind === 'escalation' && !IN_ESCALATION.has(act))) return false;
    return stands({ ...scene, dispute }) && isLegal(act, status) && can(actor, action, subject);
  });
  const raising = offeredMatters(actor, subject, status, open).filter((act) => act === 'raise-dispute');
  return [...handovers, ...disputes, ...raising];
};
