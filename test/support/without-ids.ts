const IDS_AND_DIGESTS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}/gi;

/** What a text says without its ids and digests: four digits within one of those are chance, and nobody's number. */
export const withoutIds = (text: string): string => text.replaceAll(IDS_AND_DIGESTS, '');
