import { describe, expect, test } from 'vitest';
import { asClaimed, type ClaimMapping, personClaimed, waysToAsk } from '#domain/login-claims.ts';
import { instant, localDay } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const TODAY = localDay(instant('2026-11-10T09:00:00+01:00'));
const WHO = 'intake-bbu-norrebro';
const town = trainingOrganisation();
const PLAIN: ClaimMapping = { person: 'sub', match: 'id', unit: null, roles: null, strength: null };
const claimed = (claims: Record<string, unknown>, mapping: Partial<ClaimMapping> = {}) =>
  personClaimed(claims, { ...PLAIN, ...mapping }, town, TODAY);

describe('who', () => {
  test.each<[string, Partial<ClaimMapping>, Record<string, unknown>]>([
    ['by id', {}, { sub: WHO }],
    ['by another claim', { person: 'upn' }, { sub: 'x', upn: WHO }],
    ['by mail, whatever its case', { person: 'email', match: 'email' }, { email: `${WHO}@Bindeled.example` }],
  ])('%s', (_how, mapping, claims) => {
    expect(claimed(claims, mapping)).toEqual({ personId: WHO, claimed: { unit: null, roles: null } });
  });

  test('an address that two share, or that nobody has tried, names nobody', () => {
    const shared = new Map(town.people);
    const other = town.people.get('team-leader-bbu-norrebro');
    if (!other) throw new Error('not there');
    const email = `${WHO}@bindeled.example`;
    shared.set(other.id, { ...other, email });
    const mapping: ClaimMapping = { ...PLAIN, person: 'email', match: 'email' };
    expect(personClaimed({ email }, mapping, { ...town, people: shared }, TODAY)).toBe('unknown-person');
    const left = { ...other, email, validity: { from: null, until: TODAY } };
    shared.set(other.id, left);
    expect(personClaimed({ email }, mapping, { ...town, people: shared }, TODAY)).toMatchObject({ personId: WHO });
    expect(claimed({ email, email_verified: false }, mapping)).toBe('unknown-person');
    expect(claimed({ email, email_verified: true }, mapping)).toMatchObject({ personId: WHO });
  });

  test.each([
    ['nobody of that id', { sub: 'nobody' }],
    ['no such claim', {}],
    ['two at once', { sub: [WHO, 'team-leader-bbu-norrebro'] }],
    ['not words', { sub: { id: WHO } }],
    ['empty', { sub: '' }],
  ])('%s is not let in', (_what, claims) => {
    expect(claimed(claims)).toBe('unknown-person');
  });
});

test('who does not prove themselves well enough is not let in, whoever they are', () => {
  const strength = { claim: 'amr', values: ['mfa', 'hwk'] };
  for (const amr of [['pwd', 'mfa'], 'hwk'])
    expect(claimed({ sub: WHO, amr }, { strength })).toMatchObject({ personId: WHO });
  for (const amr of [['pwd'], 'MFA', '', undefined, { mfa: true }]) {
    expect(claimed({ sub: WHO, amr }, { strength })).toBe('too-weak');
  }
  expect([waysToAsk({ strength }), waysToAsk({ strength: null })]).toEqual([[], []]);
  expect(waysToAsk({ strength: { claim: 'acr', values: ['high', 'substantial'] } })).toEqual(['high', 'substantial']);
});

describe('what', () => {
  const mapping = {
    unit: 'dept',
    roles: { claim: 'groups', names: { 'GRP-LEADER': 'team-leader', 'GRP-IN': 'intake', 'GRP-X': 'no-role-of-ours' } },
  };

  test('roles of the login are held at the unit of the login, and the organisation’s are left out', () => {
    const found = claimed({ sub: WHO, dept: 'bbu-valby', groups: ['GRP-LEADER', 'GRP-OTHER'] }, mapping);
    expect(found).toEqual({ personId: WHO, claimed: { unit: 'bbu-valby', roles: ['team-leader'] } });
    const person = town.people.get(WHO);
    if (!person || typeof found === 'string') throw new Error('not there');
    expect(asClaimed(person, found.claimed)).toMatchObject({
      id: WHO,
      unit: 'bbu-valby',
      roles: [{ role: 'team-leader', unit: 'bbu-valby' }],
    });
  });

  test('without a unit in the login, at the unit of the organisation', () => {
    const person = town.people.get(WHO);
    if (!person) throw new Error('not there');
    expect(asClaimed(person, { unit: null, roles: ['intake'] }).roles).toMatchObject([{ unit: person.unit }]);
    expect(asClaimed(person, { unit: null, roles: null })).toEqual(person);
  });

  test('no role of ours, or no unit of ours, is not let in', () => {
    expect(claimed({ sub: WHO, groups: ['GRP-OTHER', 'GRP-X'] }, mapping)).toBe('no-role');
    expect(claimed({ sub: WHO }, mapping)).toBe('no-role');
    expect(claimed({ sub: WHO, dept: 'nowhere', groups: ['GRP-IN'] }, mapping)).toBe('unknown-unit');
  });
});
