const WRITTEN = /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?/g;
const IN_MAIL = /\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g;
const SECONDS = /(?<!\d)1[5-9]\d{8}(?:[.]\d+)?(?!\d)/g;
const MILLISECONDS = /(?<!\d)1[5-9]\d{11}(?!\d)/g;
const UUID_7 = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/gi;

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([found]) => found);

/** `2026-11-03 10:05:20.1+01` whatever its offset; without an offset it is UTC. */
const written = (text: string): number => {
  const [day = '', time = '', offset = 'Z'] = /^(\S{10})[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(.*)$/.exec(text)?.slice(1) ?? [];
  const zone =
    offset === '' ? 'Z' : /^[+-]\d\d$/.test(offset) ? `${offset}:00` : offset.replace(/(\d\d)(\d\d)$/, '$1:$2');
  return Date.parse(`${day}T${time.replace(/(\.\d{3})\d+/, '$1')}${zone}`);
};

/**
 * Every instant that bytes tell of, in milliseconds since 1970: written out, as numbers of seconds or milliseconds, in a
 * mail's header, or within an id that begins with its time.
 */
export const instantsIn = (bytes: Uint8Array): readonly number[] => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return [
    ...all(text, WRITTEN).map(written),
    ...all(text, IN_MAIL).map((one) => Date.parse(one)),
    ...all(text, SECONDS).map((one) => Number(one) * 1000),
    ...all(text, MILLISECONDS).map(Number),
    ...all(text, UUID_7).map((one) => Number.parseInt(one.replaceAll('-', '').slice(0, 12), 16)),
  ].filter((at) => Number.isFinite(at));
};
