import type { Fact } from '#domain/journal.ts';
import { taskPerson } from '#domain/task-person.ts';
import { nextTaskReminder } from '#domain/task-reminder.ts';
import type { NewTask, TaskInHand } from '#domain/tasks.ts';
import { localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import type { TaskRow } from '#store/tasks.ts';
import type { Ctx } from './context.ts';
import { mailRows } from './rows.ts';

type Row = Record<string, unknown>;
type About = {
  readonly referralId: string | null;
  readonly notificationId: string | null;
  readonly handlerId: string | null;
};

type Subject = Omit<About, 'handlerId'>;
type SoughtFor = Pick<NewTask, 'kind' | 'unit' | 'except' | 'aboutPerson'>;
type Told = Pick<NewTask, 'kind' | 'urgent'> & { readonly id: string; readonly person: string };

const noticeRows = (ctx: Ctx, world: World, subject: Subject, { id, kind, urgent, person }: Told) =>
  mailRows(
    ctx,
    world,
    { ...subject, language: 'da' },
    { template: 'task', to: { person }, exempt: urgent, stage: kind, taskId: id },
  );

const personFor = (ctx: Ctx, world: World, handlerId: string | null, sought: SoughtFor): string => {
  const { kind, unit, except, aboutPerson } = sought;
  const not = { ...(except === undefined ? {} : { except }), ...(aboutPerson === undefined ? {} : { aboutPerson }) };
  return taskPerson({ kind, unit, handlerId, ...not }, world.organisation, localDay(ctx.now));
};

/** An open task as its row says; whom its mail could not reach, whom it is about, or who said it, must not get it. */
export const taskInHand = (task: TaskRow, urgent: boolean): TaskInHand => {
  const { id, kind, unitId: unit, reason, personId: heldBy } = task;
  const except = [task.toPersonId ?? task.toUnitId, task.aboutPersonId, ...task.exceptIds].filter(
    (one) => one !== null,
  );
  const about = task.aboutPersonId === null ? {} : { aboutPerson: task.aboutPersonId };
  return { id, kind, unit, reason, heldBy, urgent, except, ...about };
};

/** Who has an open task from now on: its person found anew, and told if it is another. */
export const passRows = (ctx: Ctx, world: World, { handlerId, ...subject }: About, task: TaskInHand) => {
  const { id, kind, unit, reason, heldBy, urgent } = task;
  const person = personFor(ctx, world, handlerId, task);
  const fact: Fact = { kind: 'task-passed', data: { task: kind, person, unit, reason } };
  return {
    task: { id, unitId: unit, personId: person, nextReminderAt: nextTaskReminder(world, ctx.now) },
    ...(person === heldBy ? {} : { mail: noticeRows(ctx, world, subject, { id, kind, urgent, person }), fact }),
  };
};

/** A task as its row, the mail that tells its person, and the line in the journal. */
export const taskRows = (
  ctx: Ctx,
  world: World,
  { handlerId, ...about }: About,
  task: NewTask,
): { task: Row; mail: ReturnType<typeof mailRows>; fact: Fact } => {
  const { kind, unit, urgent, reason, subject, letterId = null, messageId = null, aboutPerson = null } = task;
  const person = personFor(ctx, world, handlerId, task);
  const id = ctx.deps.newId(ctx.now);
  const { referralId } = about;
  return {
    task: {
      id,
      kind,
      unitId: unit,
      personId: person,
      reason,
      referralId,
      messageId,
      letterId,
      subject,
      aboutPersonId: aboutPerson,
      exceptIds: task.except ?? [],
      openedAt: ctx.now,
      nextReminderAt: nextTaskReminder(world, ctx.now),
    },
    mail: noticeRows(ctx, world, about, { id, kind, urgent, person }),
    fact: { kind: 'task-raised', data: { task: kind, person, unit, reason } },
  };
};
