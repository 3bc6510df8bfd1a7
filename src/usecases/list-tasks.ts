import { UNMASKED } from '#domain/audit.ts';
import { CONFLICT_SAID } from '#domain/conflict-words.ts';
import { REASONS } from '#domain/delivery.ts';
import type { Reason } from '#domain/errors.ts';
import { MAIL_NAMES } from '#domain/mail-names.ts';
import { demand } from '#domain/policy.ts';
import { RESTRICTION_SAID } from '#domain/restriction-words.ts';
import { SCAN_REASONS } from '#domain/scanning.ts';
import { seesTasksOf } from '#domain/task-person.ts';
import { hintOf, TASK_KINDS } from '#domain/tasks.ts';
import { iso, localDay } from '#domain/time.ts';
import { UNUSUAL, UNUSUAL_TASK } from '#domain/unusual-reading.ts';
import type { World } from '#domain/world.ts';
import { findTasks, type TaskRow } from '#store/tasks.ts';
import { type Ctx, scopeFor } from './context.ts';
import { personOf } from './on-referral.ts';
import { type Page, pageOf, readCursor } from './paging.ts';
import { currentWorld } from './world.ts';

const PAGE = 50;

const WHY = { ...REASONS, ...UNUSUAL, ...SCAN_REASONS, ...CONFLICT_SAID, ...RESTRICTION_SAID, ...UNMASKED };

const textOf = ({ da, en }: Reason): Reason => ({ da, en });

/** Person ids whose tasks the asker sees to today. */
export const tasksOf = (ctx: Ctx, { organisation }: World): readonly string[] =>
  seesTasksOf(personOf(ctx).personId, organisation, localDay(ctx.now));

const itemOf = (row: TaskRow, own: ReadonlySet<string>, { organisation: { people, units } }: World) => ({
  id: row.id,
  kind: row.kind,
  name: textOf(TASK_KINDS[row.kind]),
  why: textOf(WHY[row.reason]),
  choices: TASK_KINDS[row.kind].choices.map((choice) => ({ code: choice.code as string, ...textOf(choice) })),
  hint: hintOf(row.kind),
  person: people.get(row.personId)?.title ?? row.personId,
  mine: own.has(row.personId),
  unit: units.get(row.unitId)?.name ?? row.unitId,
  openedAt: iso(row.openedAt),
  referralId: row.referralId,
  caseNumber: row.caseNumber,
  letterId: row.letterId,
  /** Whom it asks about. */
  asksAbout: row.aboutPersonId && (people.get(row.aboutPersonId)?.title ?? row.aboutPersonId),
  /** It asks about what they have read. */
  ofReading: row.kind === UNUSUAL_TASK,
  /** Whom the mail could not reach, and what it was about. */
  about:
    row.template === null
      ? null
      : {
          mail: MAIL_NAMES[row.template],
          receiver: people.get(row.toPersonId ?? '')?.title ?? units.get(row.toUnitId ?? '')?.name ?? null,
        },
});
export type TaskItem = ReturnType<typeof itemOf>;

/**
 * *Opgaver*: what this person, whoever they stand in for today, and the units that they work in have to do, the oldest
 * first. Holds no personal data.
 */
export const listTasks = async (ctx: Ctx, cursor: string | undefined): Promise<Page<TaskItem>> => {
  demand(ctx.actor, 'task.list');
  const world = await currentWorld(ctx);
  const of = tasksOf(ctx, world);
  const rows = await findTasks(ctx.deps.db, scopeFor(ctx, 'task.list-unit'), {
    of,
    cursor: readCursor(cursor),
    limit: PAGE + 1,
  });
  const own = new Set(of);
  return pageOf(
    rows.map((row) => ({ row, id: row.id, at: row.openedAt })),
    PAGE,
    ({ row }) => itemOf(row, own, world),
  );
};
