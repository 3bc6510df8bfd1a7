import { T } from '#domain/time.ts';
import type { PrismaClient } from '#generated/prisma/client.ts';
import type { TrainingClockRow } from './clock.ts';

/** The row that all processes of training mode read their time from; null before it is written. */
export const readTrainingClock = async (db: PrismaClient): Promise<TrainingClockRow | null> => {
  const row = await db.trainingClock.findUnique({ where: { id: 1 } });
  if (!row) return null;
  const fixedAt = row.fixedAt ? T.Instant.fromEpochMilliseconds(row.fixedAt.getTime()) : null;
  return { offsetMs: row.offsetMs, fixedAt };
};
