import type { DoorKind } from '#domain/door.ts';

/** What the kinds are called in an address. */
export const SLUGS = {
  professional: 'fagperson',
  municipality: 'kommune',
  citizen: 'borger',
  child: 'barn',
  anonymous: 'anonym',
} as const satisfies Readonly<Record<DoorKind, string>>;

export const KIND_OF: Readonly<Record<string, DoorKind | undefined>> = Object.fromEntries(
  Object.entries(SLUGS).map(([kind, slug]) => [slug, kind as DoorKind]),
);
