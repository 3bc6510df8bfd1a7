import type { NotificationForm } from '#domain/notification-form.ts';
import { surnameOf, UNUSUAL_TASK, type Unusual, unusualSubject } from '#domain/unusual-reading.ts';
import type { World } from '#domain/world.ts';
import type { Vault } from '#platform/vault.ts';
import type { Tx } from '#store/db.ts';
import { insertRecords } from '#store/records.ts';
import { wasTaskRaised } from '#store/tasks.ts';
import type { Ctx } from './context.ts';
import { taskRows } from './task-rows.ts';

/** The blind index of the surname in a name, in hex; empty for no name. */
export const surnameIndex = (vault: Pick<Vault, 'index'>, name: string): string => {
  const surname = surnameOf(name);
  return surname === '' ? '' : Buffer.from(vault.index('surname', surname)).toString('hex');
};

/** Whom a notification is about, beside the child of the case. */
export const namesIn = (form: Pick<NotificationForm, 'family'> | null): readonly (string | undefined)[] => [
  ...(form?.family?.parents ?? []).map(({ name }) => name),
  ...(form?.family?.siblings ?? []).map(({ name }) => name),
];

/**
 * The reader's leader is asked to ask: a task for a named person who is not the reader, once a day for each reason.
 * Idempotent. Answers whether it was raised.
 */
export const raiseUnusual = async (
  ctx: Ctx,
  tx: Tx,
  world: World,
  { personId, unitId: unit }: { readonly personId: string; readonly unitId: string },
  why: Unusual,
): Promise<boolean> => {
  const subject = unusualSubject(personId, why, ctx.now);
  if (await wasTaskRaised(tx, ctx.scope, UNUSUAL_TASK, subject)) return false;
  const about = { referralId: null, notificationId: null, handlerId: null };
  const asked = { kind: UNUSUAL_TASK, unit, reason: why, subject, urgent: false } as const;
  const { task, mail } = taskRows(ctx, world, about, { ...asked, except: personId, aboutPerson: personId });
  await insertRecords(tx, ctx.scope, {
    ...{ events: [], deadlines: [], tasks: [task] },
    ...{ outbound: [mail.outbound], outbox: [mail.outbox] },
  });
  return true;
};

/** In the reading's own transaction: has somebody in the case the reader's surname? Only logins that tell one are compared. */
export const noticeOwnName = async (
  ctx: Ctx,
  tx: Tx,
  world: World,
  names: readonly (string | undefined)[],
): Promise<void> => {
  const { actor } = ctx;
  if (actor.kind !== 'person' || actor.surname === undefined) return;
  const same = names.some((name) => surnameIndex(ctx.deps.vault, name ?? '') === actor.surname);
  if (same) await raiseUnusual(ctx, tx, world, actor, 'own-name');
};
