import { pseudonymOf } from '#domain/audit.ts';
import { DomainError } from '#domain/errors.ts';
import { isMachine } from '#domain/machine.ts';
import { demand } from '#domain/policy.ts';
import type { World } from '#domain/world.ts';
import { type Audit, findAudit, findUnmasked } from '#store/audits.ts';
import type { Tx } from '#store/db.ts';
import type { Ctx } from './context.ts';

/** One's own audit, while it is open. Throws NOT_FOUND, OUT_OF_SCOPE. */
export const getAudit = async (ctx: Ctx, tx: Tx, id: string, action: 'audit.read' | 'audit.unmask') => {
  const audit = await findAudit(tx, ctx.scope, id, ctx.now);
  if (!audit) throw new DomainError('NOT_FOUND');
  return { audit, role: demand(ctx.actor, action, { authorId: audit.personId }) };
};

/** What somebody is called in the audit. */
const calledIn = ({ deps: { vault } }: Ctx, { id }: Audit, personId: string): string =>
  pseudonymOf(vault.index('pseudonym', `${id}:${personId}`));

/** `title` once their name was asked for. */
export type Masked = { readonly code: string; readonly title: string | null };

/** Programs are nobody's secret, and nobody's name. */
const PROGRAM: Masked = { code: 'Program', title: null };

/** Everybody as the audit knows them; null is the system. */
export const maskIn = async (ctx: Ctx, tx: Tx, audit: Audit, { organisation: { people } }: World) => {
  const unmasked = new Set(await findUnmasked(tx, ctx.scope, audit.id));
  return (personId: string | null): Masked | null => {
    if (personId === null) return null;
    if (isMachine(personId)) return PROGRAM;
    const title = unmasked.has(personId) ? (people.get(personId)?.title ?? null) : null;
    return { code: calledIn(ctx, audit, personId), title };
  };
};

/** Whose pseudonym it is, among everybody who works or has worked here; null for none of theirs. */
export const whoIs = (ctx: Ctx, audit: Audit, code: string, { organisation: { people } }: World): string | null =>
  [...people.keys()].find((id) => calledIn(ctx, audit, id) === code) ?? null;
