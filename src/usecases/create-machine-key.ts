import { refuseField } from '#domain/field-errors.ts';
import { illegal } from '#domain/lifecycle.ts';
import { KEY_LIFE, type KeyScope } from '#domain/machine.ts';
import { isValid } from '#domain/organisation-tree.ts';
import { demand } from '#domain/policy.ts';
import { iso, localDay } from '#domain/time.ts';
import type { Tx } from '#store/db.ts';
import { claimFollowed, insertMachineKey } from '#store/machine-keys.ts';
import { actOnce, type Ctx } from './context.ts';
import { keyHashOf } from './machine-keys.ts';
import { personOf } from './on-referral.ts';
import { recordSetup } from './record-setup.ts';
import { currentWorld } from './world.ts';

/** `secret` is answered to the first request alone: nobody can read it anywhere afterwards. */
export type MadeKey = { readonly id: string; readonly expiresAt: string; readonly secret: string | null };

type Asked = {
  readonly name: string;
  readonly unit: string;
  readonly scopes: readonly KeyScope[];
  readonly days: number;
};

/** A new key's row; its secret is known here only. */
const make = async (ctx: Ctx, tx: Tx, id: string, lineId: string, { name, unit: unitId, scopes, days }: Asked) => {
  const secret = ctx.deps.vault.token();
  const expiresAt = ctx.now.add({ hours: 24 * days });
  const by = { createdBy: personOf(ctx).personId, createdAt: ctx.now };
  const key = { id, lineId, name, unitId, scopes: [...new Set(scopes)], ...by, expiresAt };
  await insertMachineKey(tx, ctx.scope, { ...key, secretHash: keyHashOf(ctx.deps, secret) });
  return { id, expiresAt: iso(expiresAt), secret };
};

/** Once for each request; what is kept for it to be answered again is without the secret. */
const shownOnce = async (
  ctx: Ctx,
  work: (tx: Tx, id: string) => Promise<MadeKey & { readonly secret: string }>,
): Promise<MadeKey> => {
  demand(ctx.actor, 'machine.manage');
  let shown: string | null = null;
  const kept = await actOnce(ctx, async (tx) => {
    const { secret, ...made } = await work(tx, ctx.deps.newId(ctx.now));
    shown = secret;
    return made;
  });
  return { ...kept, secret: shown };
};

/** A key for a program, of one unit and for what it is for. Throws INVALID for a unit that is not there. */
export const createMachineKey = (ctx: Ctx, asked: Asked): Promise<MadeKey> =>
  shownOnce(ctx, async (tx, id) => {
    const { organisation } = await currentWorld(ctx, tx);
    const { unit, scopes } = asked;
    const known = organisation.units.get(unit);
    if (!known || !isValid(known.validity, localDay(ctx.now))) refuseField('unit', 'unknown-choice');
    const made = await make(ctx, tx, id, id, asked);
    const { personId } = personOf(ctx);
    await recordSetup(ctx, tx, { kind: 'machine-key-made', personId, data: { key: id, unit, scopes } });
    return made;
  });

/** Another key for the same: both open for a week, so that the program can be given the new one in peace. */
export const rotateMachineKey = (
  ctx: Ctx,
  { id: old, days }: { readonly id: string; readonly days: number },
): Promise<MadeKey> =>
  shownOnce(ctx, async (tx, id) => {
    const until = ctx.now.add({ hours: 24 * KEY_LIFE.overlap });
    const before = await claimFollowed(tx, ctx.scope, { id: old, followedBy: id, until, now: ctx.now });
    if (!before) throw illegal('Nøglen er allerede afløst eller lukket.', 'The key was followed or ended already.');
    const made = await make(ctx, tx, id, before.lineId, { ...before, unit: before.unitId, days });
    const { personId } = personOf(ctx);
    await recordSetup(ctx, tx, { kind: 'machine-key-rotated', personId, data: { key: id, follows: old } });
    return made;
  });
