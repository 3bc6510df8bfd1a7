import type { Scope } from '#domain/scope.ts';
import { iso } from '#domain/time.ts';
import type { Deps } from '#platform/deps.ts';
import { nextAlarmAt } from '#store/deadlines.ts';
import { countHeld } from '#store/held-files.ts';
import { findLastOutage } from '#store/outages.ts';
import { outboxLag } from '#store/outbox.ts';

/** A relay or sweep that is behind by more than this is not doing its work. */
const BEHIND = { minutes: 5 } as const;

/** Ready means: the database answers, and neither messages nor alarms lie waiting. */
export const readHealth = async (deps: Deps, scope: Scope) => {
  const now = await deps.clock.now();
  const outbox = await outboxLag(deps.db, scope, now);
  const alarm = await nextAlarmAt(deps.db, scope);
  const outage = await findLastOutage(deps.db, scope);
  const { held, since } = await countHeld(deps.db, scope);
  const limit = now.subtract(BEHIND).epochMilliseconds;
  const behind = [outbox.oldestAt, alarm].some((at) => at !== null && at.epochMilliseconds < limit);
  const overdueAlarm = alarm && alarm.epochMilliseconds < now.epochMilliseconds ? iso(alarm) : null;
  return {
    ready: !behind,
    outbox: { waiting: outbox.waiting, oldestAt: outbox.oldestAt ? iso(outbox.oldestAt) : null },
    oldestOverdueAlarm: overdueAlarm,
    /** Without a scanner files are cleared as they come. */
    files: { scanner: deps.scan !== null, held, oldestAt: since ? iso(since) : null },
    lastOutage: outage
      ? { from: iso(outage.from), until: iso(outage.until), overdue: outage.overdue, oldest: iso(outage.oldest) }
      : null,
  };
};
