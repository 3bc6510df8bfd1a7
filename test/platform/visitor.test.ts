import { expect, test } from 'vitest';
import { counted, visitorBehind } from '#platform/visitor.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  [' 192.0.2.7:5123 ', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['[2001:db8:1:2::5]:443', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', null],
  ['', null],
  [null, null],
])('%s counts as %s', (address, as) => {
  expect(counted(address)).toBe(as);
});

test.each([
  [0, '192.0.2.1', '198.51.100.9', '192.0.2.1'],
  [1, '10.0.0.1', '198.51.100.9', '198.51.100.9'],
  // What the visitor has made up stands first and is not looked at.
  [1, '10.0.0.1', '203.0.113.1, 198.51.100.9', '198.51.100.9'],
  [2, '10.0.0.2', '203.0.113.1, 198.51.100.9, 10.0.0.1', '198.51.100.9'],
  // Around the proxy.
  [2, '192.0.2.1', '198.51.100.9', '192.0.2.1'],
  [1, '192.0.2.1', undefined, '192.0.2.1'],
])('behind %i proxies, connected from %s, passed on for %s: %s', (hops, connection, forwardedFor, visitor) => {
  expect(visitorBehind(hops, { connection, forwardedFor })).toBe(visitor);
});
