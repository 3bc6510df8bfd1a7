import { randomUUID } from 'node:crypto';
import { mintScope } from '#domain/scope.ts';
import type { Instant } from '#domain/time.ts';
import { instant } from '#domain/time.ts';
import type { Ctx } from '#usecases/context.ts';
import type { TestWorld } from './context.ts';

/** An administrator of Social Services by any id: four eyes take two, and the training municipality has one. */
export const administrator = (world: TestWorld, personId: string, at: string | Instant): Ctx => ({
  ...world.systemCtx(at),
  actor: {
    kind: 'person',
    personId,
    unitId: 'sof-stab',
    department: 'SOF',
    roles: [{ role: 'administrator', unit: 'sof-stab', covers: ['sof-stab'] }],
  },
  scope: mintScope({ personId, unitIds: ['sof-stab'], administers: true }),
  now: typeof at === 'string' ? instant(at) : at,
  key: { keyHash: world.deps.vault.digest(randomUUID()), requestHash: world.deps.vault.digest('') },
});
