const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;
const GROUPS = 8;
/** What one household or office is given: the rest it may change at will. */
const PREFIX = 4;

/** The first 64 bits of an IPv6 address, however it is written. */
const prefixOf = (address: string): string => {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, GROUPS - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return `${groups
    .slice(0, PREFIX)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
};

/** One visitor's network address as it is counted: IPv4 whole, IPv6 by its /64. Null: not an address. */
export const counted = (address: string | null | undefined): string | null => {
  const bare = (address ?? '').trim().replace(/^\[|\](:\d+)?$|%.*$/g, '');
  const mapped = bare.replace(/^::ffff:/i, '').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  if (IPV4.test(mapped)) return mapped;
  return /^[0-9a-f:]+$/i.test(bare) && bare.includes(':') ? prefixOf(bare) : null;
};

/**
 * Who has come, where `hops` proxies of our own stand in front: each adds to `X-Forwarded-For` whom it was asked by, so the
 * visitor stands so many places from its end. What a visitor writes there stands before that and is not looked at. Where
 * fewer stand there than proxies, the request went around them, and the connection itself is the visitor.
 */
export const visitorBehind = (
  hops: number,
  { connection, forwardedFor }: { readonly connection: string | null; readonly forwardedFor: string | undefined },
): string | null => {
  if (hops === 0) return counted(connection);
  const passed = (forwardedFor ?? '').split(',').filter((one) => one.trim() !== '');
  return counted(passed.at(-hops) ?? connection);
};
