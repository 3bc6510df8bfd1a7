import { withoutBarred } from '#domain/conflict.ts';
import type { Referral } from '#domain/referral.ts';
import { defaultRegulations, worldFrom } from '#domain/regulations.ts';
import type { Scope } from '#domain/scope.ts';
import { type Instant, localDay } from '#domain/time.ts';
import type { World } from '#domain/world.ts';
import type { Deps, VersionedWorld } from '#platform/deps.ts';
import type { Tx } from '#store/db.ts';
import { findOrganisation, findOrganisationVersion } from '#store/organisation.ts';
import { findRegulations } from '#store/setup.ts';

type Source = { readonly deps: Pick<Deps, 'db' | 'worlds'>; readonly scope: Scope };

/** Reads the organisation with the regulations in use and keeps them. Throws when none has been imported. */
export const readWorld = async ({ deps, scope }: Source, tx: Tx = deps.db): Promise<VersionedWorld> => {
  const found = await findOrganisation(tx, scope);
  if (!found) throw new Error('no organisation has been imported');
  const { organisation, version } = found;
  const regulations = (await findRegulations(tx, scope))?.document ?? defaultRegulations(organisation);
  deps.worlds.latest = { version, world: worldFrom(organisation, regulations) };
  return deps.worlds.latest;
};

/** The organisation as it stands now, with its version; read again only when that has risen. */
export const readWorldIfChanged = async (source: Source, tx: Tx = source.deps.db): Promise<VersionedWorld> => {
  const kept = source.deps.worlds.latest;
  if (kept && (await findOrganisationVersion(tx, source.scope)) === kept.version) return kept;
  return readWorld(source, tx);
};

export const currentWorld = async (source: Source, tx: Tx = source.deps.db): Promise<World> =>
  (await readWorldIfChanged(source, tx)).world;

/** The same as one referral sees it: without those who are related to its child. */
export const worldOf = async (
  source: Source & { readonly now: Instant },
  tx: Tx,
  { barred }: Pick<Referral, 'barred'>,
): Promise<World> => withoutBarred(await currentWorld(source, tx), barred, localDay(source.now));

/**
 * The organisation as last read, without asking. Only for a statement that itself refuses when the version has
 * risen (submission), so that a burst does not pay a round trip each.
 */
export const keptWorld = async (source: Source): Promise<VersionedWorld> =>
  source.deps.worlds.latest ?? (await readWorld(source));
