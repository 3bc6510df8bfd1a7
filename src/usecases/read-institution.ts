import { demand } from '#domain/policy.ts';
import { presentOrSubstitute } from '#domain/recipients.ts';
import type { Answered } from '#domain/sending.ts';
import { iso, localDay } from '#domain/time.ts';
import { whyGone } from '#domain/unattended.ts';
import { countInstitutionNotifications, findInstitutionNotifications } from '#store/sending.ts';
import { type Ctx, scopeFor } from './context.ts';
import { type Page, pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

const PAGE = 50;
const YEAR_HOURS = 365 * 24;
const READ = 'notification.list-institution';

/**
 * *Vores underretninger*, the past year in numbers, and who of the institution is away. `silent` is what has not been
 * answered, whatever has happened: that an answer is due would tell that something was decided.
 */
export const readInstitution = async (ctx: Ctx) => {
  demand(ctx.actor, READ);
  const scope = scopeFor(ctx, READ);
  const { organisation } = await currentWorld(ctx);
  const day = localDay(ctx.now);
  const counts = await countInstitutionNotifications(ctx.deps.db, scope, ctx.now.subtract({ hours: YEAR_HOURS }));
  const away = [...organisation.people.values()]
    .filter(({ id, unit }) => scope.unitIds.includes(unit) && whyGone(id, unit, organisation, day) === 'absent')
    .map(({ id, title }) => ({ id, title, answers: presentOrSubstitute(id, organisation, day)?.title ?? null }));
  return { counts, away };
};

export type InstitutionNotification = {
  notificationId: string;
  receivedAt: string;
  /** Who sent it, and whether they have left. */
  by: { title: string; left: boolean } | null;
  receipt: { state: 'pending' | 'delivered' | 'not-owed' | 'undeliverable'; at: string | null; dueAt: string | null };
  answered: Answered;
};

/** One line each, newest first: no child, no word of the text or of the answer. Holds no personal data. */
export const listInstitutionNotifications = async (
  ctx: Ctx,
  cursor: string | undefined,
): Promise<Page<InstitutionNotification>> => {
  demand(ctx.actor, READ);
  const rows = await findInstitutionNotifications(ctx.deps.db, scopeFor(ctx, READ), readCursor(cursor), PAGE + 1);
  const { organisation } = await currentWorld(ctx);
  const day = localDay(ctx.now);
  const by = (id: string | null): InstitutionNotification['by'] => {
    const person = id === null ? undefined : organisation.people.get(id);
    return person ? { title: person.title, left: whyGone(person.id, person.unit, organisation, day) === 'left' } : null;
  };
  return pageOf(
    rows.map((row) => ({ ...row, at: row.receivedAt })),
    PAGE,
    ({ id, receivedAt, senderPersonId, receiptState: state, deliveredAt, receiptDueAt, answered }) => ({
      notificationId: id,
      receivedAt: iso(receivedAt),
      by: by(senderPersonId),
      receipt: { state, at: deliveredAt && iso(deliveredAt), dueAt: receiptDueAt && iso(receiptDueAt) },
      answered,
    }),
  );
};
