import { refuseField } from '#domain/field-errors.ts';
import { illegal } from '#domain/lifecycle.ts';
import { KEY_LIFE, type KeyScope } from '#domain/machine.ts';
import { isValid } from '#domain/organisation-tree.ts';
import { demand } from '#domain/policy.ts';
import { iso, localDay } from '#domain/time.ts';
import { claimFollowed, insertMachineKey } from '#store/machine-keys.ts';
import { insertSetupEvent } from '#store/setup.ts';
import { actOnce, type Ctx } from './context.ts';
import { keyHashOf } from './machine-keys.ts';
import { personOf } from './on-referral.ts';
import { currentWorld } from './world.ts';

/** `secret` is answered to the first request alone: nobody can read it anywhere afterwards. */
export type MadeKey = { readonly id: string; readonly expiresAt: string; readonly secret: string | null };

type Asked = {
  readonly name: string;
  readonly unit: string;
  readonly scopes: readonly KeyScope[];
  readonly days: number;
};

const event = (ctx: Ctx, personId: string, kind: string, data: unknown) => ({
  id: ctx.deps.newId(ctx.now),
  at: ctx.now,
  personId,
  kind,
  changeId: null,
  data,
});

/** A key for a program, of one unit and for what it is for. Throws INVALID for a unit that is not there. */
export const createMachineKey = async (ctx: Ctx, { name, unit, scopes, days }: Asked): Promise<MadeKey> => {
  demand(ctx.actor, 'machine.manage');
  const { personId } = personOf(ctx);
  let secret: string | null = null;
  const made = await actOnce(ctx, async (tx) => {
    const { organisation } = await currentWorld(ctx, tx);
    const known = organisation.units.get(unit);
    if (!known || !isValid(known.validity, localDay(ctx.now))) refuseField('unit', 'unknown-choice');
    secret = ctx.deps.vault.token();
    const id = ctx.deps.newId(ctx.now);
    const expiresAt = ctx.now.add({ hours: 24 * days });
    const by = { createdBy: personId, createdAt: ctx.now };
    const key = { id, name, unitId: unit, scopes: [...new Set(scopes)], ...by, expiresAt };
    await insertMachineKey(tx, ctx.scope, { ...key, secretHash: keyHashOf(ctx.deps, secret) });
    await insertSetupEvent(tx, ctx.scope, event(ctx, personId, 'machine-key-made', { key: id, unit, scopes }));
    return { id, expiresAt: iso(expiresAt) };
  });
  return { ...made, secret };
};

/** Another key for the same: both open for a week, so that the program can be given the new one in peace. */
export const rotateMachineKey = async (ctx: Ctx, { id: old, days }: { id: string; days: number }): Promise<MadeKey> => {
  demand(ctx.actor, 'machine.manage');
  const { personId } = personOf(ctx);
  let secret: string | null = null;
  const made = await actOnce(ctx, async (tx) => {
    const id = ctx.deps.newId(ctx.now);
    const until = ctx.now.add({ hours: 24 * KEY_LIFE.overlap });
    const before = await claimFollowed(tx, ctx.scope, { id: old, followedBy: id, until, now: ctx.now });
    if (!before) throw illegal('Nøglen er allerede afløst eller lukket.', 'The key was followed or ended already.');
    secret = ctx.deps.vault.token();
    const expiresAt = ctx.now.add({ hours: 24 * days });
    const { name, unitId, scopes } = before;
    const by = { createdBy: personId, createdAt: ctx.now };
    await insertMachineKey(tx, ctx.scope, {
      ...{ id, name, unitId, scopes, ...by, expiresAt },
      secretHash: keyHashOf(ctx.deps, secret),
    });
    await insertSetupEvent(tx, ctx.scope, event(ctx, personId, 'machine-key-rotated', { key: id, follows: old }));
    return { id, expiresAt: iso(expiresAt) };
  });
  return { ...made, secret };
};
