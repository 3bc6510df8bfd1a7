import { z } from 'zod';
import { T } from '#domain/time.ts';
import { endAbsence } from '#usecases/end-absence.ts';
import { listAbsences } from '#usecases/list-absences.ts';
import { registerAbsence } from '#usecases/register-absence.ts';
import { code } from './inputs.ts';
import { doing, router } from './trpc.ts';

/** A local day, `YYYY-MM-DD`. */
const day = z.iso.date({ error: 'date' }).transform((text) => T.PlainDate.from(text));

/** Who is away, from when until when, and who answers meanwhile. */
export const absences = router({
  list: doing('absence.register').query(({ ctx }) => listAbsences(ctx.act)),
  register: doing('absence.register')
    .input(z.strictObject({ personId: code, from: day, lastDay: day.nullable(), substitute: code.nullable() }))
    .mutation(({ ctx, input }) => registerAbsence(ctx.act, input)),
  end: doing('absence.end')
    .input(z.strictObject({ id: z.int().min(1) }))
    .mutation(({ ctx, input }) => endAbsence(ctx.act, input)),
});
