import { expect, test } from 'vitest';
import { parseEncryptionKeys } from '#platform/encryption-keys.ts';
import { portSetting, productionEnv } from '#platform/env.ts';
import { StartError } from '#platform/start-error.ts';

const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
const KEYS = `index:${key(9)},1:${key(1)},12:${key(2)}`;
const COMPLETE = {
  DATABASE_URL: 'postgresql://u:hemmeligt@db.example.org/bindeled',
  SMTP_URL: 'smtp://mail.example.org:25',
  OIDC_ISSUER: 'https://login.example.org',
  OIDC_CLIENT_ID: 'bindeled',
  OIDC_CLIENT_SECRET: 'hemmeligt',
  ENCRYPTION_KEYS: KEYS,
  PUBLIC_URL: 'https://bindeled.example.org/',
};

test('a complete set of settings, with the defaults for the queue and the port', () => {
  expect(productionEnv(COMPLETE)).toMatchObject({
    queueUrl: COMPLETE.DATABASE_URL,
    publicUrl: 'https://bindeled.example.org',
    port: 4000,
    trustedProxies: 0,
    encryptionKeys: { current: 12 },
  });
  expect(productionEnv({ ...COMPLETE, QUEUE_URL: 'redis://queue:6379', PORT: '8080' })).toMatchObject({
    queueUrl: 'redis://queue:6379',
    port: 8080,
  });
});

test.each(Object.keys(COMPLETE))('%s missing or empty is named', (name) => {
  expect(() => productionEnv({ ...COMPLETE, [name]: undefined })).toThrow(new StartError(`${name} is not set.`));
  expect(() => productionEnv({ ...COMPLETE, [name]: ' ' })).toThrow(new StartError(`${name} is not set.`));
});

test.each([
  ['DATABASE_URL', 'mysql://u:hemmeligt@db/x', 'postgres:// or postgresql://'],
  ['QUEUE_URL', 'hemmeligt', 'redis:// or rediss:// or postgres:// or postgresql://'],
  ['SMTP_URL', 'https://u:hemmeligt@mail', 'smtp:// or smtps://'],
  ['PUBLIC_URL', 'hemmeligt.example.org', 'https:// or http://'],
])('%s malformed is named without its value', (name, value, begins) => {
  expect(() => productionEnv({ ...COMPLETE, [name]: value })).toThrow(
    new StartError(`${name} must be an address that begins with ${begins}.`),
  );
});

test.each(['clamd:3310', 'http://clamd', 'tcp://', 'unix:', 'unix:clamd.sock'])(
  'SCANNER_URL %s is refused',
  (SCANNER_URL) => {
    const said = 'SCANNER_URL must be an address that begins with tcp:// or unix:/.';
    expect(() => productionEnv({ ...COMPLETE, SCANNER_URL })).toThrow(new StartError(said));
  },
);

test.each(['tcp://clamd:3310', 'tcp://[::1]', 'unix:/run/clamav/clamd.ctl'])(
  'SCANNER_URL %s is taken',
  (SCANNER_URL) => {
    expect(productionEnv({ ...COMPLETE, SCANNER_URL }).scannerUrl).toBe(SCANNER_URL);
    expect(productionEnv(COMPLETE).scannerUrl).toBeNull();
  },
);

test.each(['0', '65536', '80a', '-1'])('PORT %s is refused', (PORT) => {
  expect(() => portSetting({ PORT })).toThrow(new StartError('PORT must be a port between 1 and 65535.'));
});

test.each(['-1', '10', 'en', '1.5'])('TRUSTED_PROXIES %s is refused, and a number is taken', (TRUSTED_PROXIES) => {
  const said = 'TRUSTED_PROXIES must be how many proxies stand in front, 0 to 9.';
  expect(() => productionEnv({ ...COMPLETE, TRUSTED_PROXIES })).toThrow(new StartError(said));
  expect(productionEnv({ ...COMPLETE, TRUSTED_PROXIES: '2' }).trustedProxies).toBe(2);
});

test('encryption keys by version; the highest seals', () => {
  const { index, keys, current } = parseEncryptionKeys(KEYS);
  expect([index[0], keys.get(1)?.[0], keys.get(12)?.[0], current]).toEqual([9, 1, 2, 12]);
});

test('another key than the highest seals when it is named', () => {
  expect(parseEncryptionKeys(`${KEYS},current:1`).current).toBe(1);
});

test.each([
  [`1:${key(1)}`, 'ENCRYPTION_KEYS lacks the key named index.'],
  [`index:${key(1)}`, 'ENCRYPTION_KEYS lacks a numbered key that seals.'],
  [`index:${key(1)},1:${key(1)}`, 'ENCRYPTION_KEYS holds the same key under two names.'],
  [`index:${key(1)},1:${key(2)},1:${key(3)}`, 'ENCRYPTION_KEYS names the key 1 twice.'],
  [`index:${key(1)},0:${key(2)}`, 'ENCRYPTION_KEYS must look like index:BASE64,1:BASE64 (part 2 does not).'],
  [`index:${key(1)},1:c2hvcnQ=`, 'ENCRYPTION_KEYS holds a key named 1 that is not 32 bytes in base64.'],
  [`index:${key(1)},1:!${key(2).slice(1)}`, 'ENCRYPTION_KEYS holds a key named 1 that is not 32 bytes in base64.'],
  [`index:${key(1)},1:${key(2)},current:2`, 'ENCRYPTION_KEYS lacks the key 2 that is to seal.'],
  [`index:${key(1)},1:${key(2)},current:1,current:1`, 'ENCRYPTION_KEYS names the key current twice.'],
  [`index:${key(1)},1:${key(2)},`, 'ENCRYPTION_KEYS must look like index:BASE64,1:BASE64 (part 3 does not).'],
])('malformed encryption keys are told apart (%#)', (text, sentence) => {
  expect(() => parseEncryptionKeys(text)).toThrow(new StartError(sentence));
});

test('the provider is asked over https, or on this machine', () => {
  for (const OIDC_ISSUER of ['http://login.example.org', 'http://localhost.example.org/']) {
    expect(() => productionEnv({ ...COMPLETE, OIDC_ISSUER })).toThrow(
      new StartError('OIDC_ISSUER must begin with https://.'),
    );
  }
  expect(productionEnv({ ...COMPLETE, OIDC_ISSUER: 'http://localhost:9000' }).login.issuer).toBe(
    'http://localhost:9000',
  );
});

test('what the claims mean is data; what does not fit is refused', () => {
  expect(productionEnv(COMPLETE).login.mapping).toEqual({
    person: 'sub',
    match: 'id',
    unit: null,
    roles: null,
    strength: null,
  });
  const roles = { claim: 'groups', names: { 'GRP-IN': 'intake' } };
  const OIDC_CLAIMS = JSON.stringify({ person: 'upn', match: 'email', roles });
  expect(productionEnv({ ...COMPLETE, OIDC_CLAIMS }).login.mapping).toMatchObject({
    person: 'upn',
    match: 'email',
    roles,
  });
  for (const wrong of [
    '{',
    '{"persons":"sub"}',
    '{"roles":{"claim":"g"}}',
    '{"strength":{"claim":"acr","values":[]}}',
  ]) {
    expect(() => productionEnv({ ...COMPLETE, OIDC_CLAIMS: wrong })).toThrow(
      new StartError('OIDC_CLAIMS must be JSON that says which claims name person, unit, roles and strength.'),
    );
  }
});
