import { z } from 'zod';
import { TOLD_OF_CHILDREN } from '#domain/timeline.ts';

const id = z.uuid();
const people = z.array(z.string()).readonly();
/** Who should look again: units and persons by id, for live pages. */
const live = { units: z.array(z.string()), persons: z.array(z.string()) };

/** Every outbox message and its payload: ids and codes only, never personal data. */
export const MESSAGES = {
  /** Send one outbound message by mail. */
  'mail.send': z.strictObject({ outboundMessageId: id }),
  /** A mail did not arrive: somebody must know. `failing`: it was the one that made its address a failing one. */
  'mail.undelivered': z.strictObject({ outboundMessageId: id, failing: z.boolean() }),
  /** A notifier was told of the receipt otherwise than by mail: it is met for every referral of the notification. */
  'receipt.told': z.strictObject({ notificationId: id }),
  /** A notifier without a login has opened their notification on the site. */
  'notification.opened': z.strictObject({ notificationId: id, at: z.iso.datetime({ offset: true }) }),
  /** A notifier was named as a suspect: what is under way to them is taken back. */
  'notifier.suspected': z.strictObject({ notificationId: id }),
  /** What a notifier is was corrected: what they are owed follows. */
  'basis.corrected': z.strictObject({ notificationId: id }),
  /** A timer or step is due: one use case acts on it. */
  'clock.due': z.strictObject({
    deadlineId: id,
    referralId: id,
    kind: z.string(),
    dueAt: z.iso.datetime({ offset: true }),
  }),
  /** A child's history has changed: the referral is told, and its duty to be re-assessed is looked at again. */
  'child.review': z.strictObject({
    referralId: id,
    told: z.enum(['reassessment', 'list-changed', ...TOLD_OF_CHILDREN]),
    /** The link, the addition or the change of its list that it is told of. */
    subjectId: id.nullable(),
    /** Whom it is restricted to has changed by an act on another case, or by the rule that somebody must be named. */
    list: z
      .strictObject({
        became: z.enum(['restricted', 'changed', 'lifted']),
        ...{ added: people, removed: people, widened: people, told: people },
      })
      .optional(),
  }),
  /** Units open, close, merge or split: what they have follows. */
  'units.due': z.strictObject({ changeId: id }),
  /** An anchor over the journal is to be written outside the database. */
  'anchor.made': z.strictObject({ seq: z.int().positive() }),
  /** A file is held until it has been looked through. */
  'file.scan': z.strictObject({ attachmentId: id }),
  /** Something changed that open pages show; published to them by the relay, never queued. */
  'referral.changed': z.strictObject({ referralId: id.nullable(), by: z.string(), ...live }),
} as const satisfies Record<string, z.ZodType>;

export type MessageName = keyof typeof MESSAGES;
export type MessagePayload<N extends MessageName> = z.infer<(typeof MESSAGES)[N]>;
export type Message = { [N in MessageName]: { readonly name: N; readonly payload: MessagePayload<N> } }[MessageName];

/** Messages that go to open pages instead of a queue. */
export const LIVE_MESSAGES: readonly MessageName[] = ['referral.changed'];
