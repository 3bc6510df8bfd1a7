import { z } from 'zod';
import { KEY_LIFE, KEY_SCOPE_NAMES } from '#domain/machine.ts';
import { createMachineKey, rotateMachineKey } from '#usecases/create-machine-key.ts';
import { endMachineKey } from '#usecases/end-machine-key.ts';
import { listMachineKeys } from '#usecases/list-machine-keys.ts';
import { code, id, text } from './inputs.ts';
import { doing, router } from './trpc.ts';

const days = z.int().min(1).max(KEY_LIFE.most);
const scopes = z.array(z.enum(KEY_SCOPE_NAMES)).min(1).max(KEY_SCOPE_NAMES.length);

/** Keys of programs, kept by administrators. */
export const machines = router({
  list: doing('machine.manage').query(({ ctx }) => listMachineKeys(ctx.act)),
  create: doing('machine.manage')
    .input(z.strictObject({ name: text(120), unit: code, scopes, days }))
    .mutation(({ ctx, input }) => createMachineKey(ctx.act, input)),
  rotate: doing('machine.manage')
    .input(z.strictObject({ id, days }))
    .mutation(({ ctx, input }) => rotateMachineKey(ctx.act, input)),
  end: doing('machine.manage')
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }) => endMachineKey(ctx.act, input)),
});
