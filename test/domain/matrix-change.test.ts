import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowFor, rowOn, unitForRow, withFileMatrix } from '#domain/matrix.ts';
import { applyMatrix, type MatrixChange, matrixChangeInWords } from '#domain/matrix-change.ts';
import type { MatrixRow, Organisation } from '#domain/organisation.ts';
import { instant, type LocalDay, T } from '#domain/time.ts';
import { trainingOrganisation } from '#test/support/organisation.ts';

const NOW = instant('2026-11-10T10:00:00+01:00');
const organisation = trainingOrganisation();
const day = (text: string): LocalDay => T.PlainDate.from(text);

const row = (more: Partial<Extract<MatrixChange, { what: 'matrix-row' }>> = {}): MatrixChange => ({
  what: 'matrix-row',
  need: null,
  da: 'Hjælp i hjemmet',
  en: 'Help at home',
  ages: { from: 0, to: 17 },
  unit: 'bbu',
  basis: 'barnets lov § 32',
  from: '2026-11-11',
  source: 'afgørelse',
  precedent: null,
  ...more,
});
const end = (need: string, until: string): MatrixChange => ({ what: 'end-matrix-row', need, until, source: 'x' });
const changedBy = (change: MatrixChange, to: Organisation = organisation): Organisation => ({
  ...to,
  matrix: applyMatrix(to, change, 'change-1', NOW).matrix,
});
const refusal = (change: MatrixChange, to: Organisation = organisation): unknown => {
  try {
    return changedBy(change, to).matrix.length;
  } catch (error) {
    const [field] = (error as { fields: { path: string; code: string }[] }).fields;
    return `${field?.path} ${field?.code}`;
  }
};

describe('a row of the matrix', () => {
  test('a new need has a code of its own and holds from its day on', () => {
    const { matrix } = changedBy(row());
    expect(rowOn(matrix, 'hjaelp-i-hjemmet', day('2026-11-10'))).toBeUndefined();
    expect(rowOn(matrix, 'hjaelp-i-hjemmet', day('2026-11-11'))).toMatchObject({ unit: 'bbu', change: 'change-1' });
    expect(matrix).toHaveLength(organisation.matrix.length + 1);
  });

  test('a row of a need that has one takes its place: no day has two, no day has none', () => {
    const school = row({ need: 'school-place', da: 'Skoleplads', unit: 'bbu', from: '2026-12-01' });
    const { matrix } = changedBy(school);
    expect(rowOn(matrix, 'school-place', day('2026-11-30'))?.unit).toBe('buf-modtagelse');
    expect(rowOn(matrix, 'school-place', day('2026-12-01'))?.unit).toBe('bbu');
    expect(matrix.filter(({ id }) => id === 'school-place').map(({ endedBy }) => endedBy)).toEqual(['change-1', null]);
  });

  test('an ended row answers for its days and no later one', () => {
    const { matrix } = changedBy(end('school-place', '2026-12-01'));
    expect(rowOn(matrix, 'school-place', day('2026-11-30'))).toBeDefined();
    expect(rowOn(matrix, 'school-place', day('2026-12-01'))).toBeUndefined();
  });

  test.each([
    ['today is too early', row({ from: '2026-11-10' }), 'change.from not-tomorrow'],
    ['no such unit', row({ unit: 'nowhere' }), 'change.unit unknown-choice'],
    ['a unit where nobody may own anything', row({ unit: 'skole-norrebro' }), 'change.unit may-not-own'],
    ['a need that there is not', row({ need: 'nowhere' }), 'change.need unknown-choice'],
    ['worry is the address’s', row({ need: 'worry' }), 'change.need unknown-choice'],
    ['a name that gives no code', row({ da: '…' }), 'change.da unknown-choice'],
    ['a need twice', row({ da: 'School place' }), 'change.da known-already'],
    ['an end today', end('school-place', '2026-11-10'), 'change.until not-tomorrow'],
    ['an end of worry', end('worry', '2026-12-01'), 'change.need unknown-choice'],
    ['an end of what there is not', end('nowhere', '2026-12-01'), 'change.need unknown-choice'],
  ])('refused: %s', (_name, change, why) => expect(refusal(change)).toBe(why));

  test('refused: a row of a precedent that would leave ages without the row that they have; by hand it is allowed', () => {
    const precedent = '01a00000-0000-7000-8000-00000000000a';
    const narrow = { need: 'hjaelp-i-hjemmet', unit: 'bch', from: '2026-12-01', ages: { from: 6, to: 14 } };
    const standing = changedBy(row());
    expect(refusal(row({ ...narrow, precedent }), standing)).toBe('change.ages ages-left-out');
    const said = (): string => {
      try {
        changedBy(row({ ...narrow, precedent }), standing);
      } catch (error) {
        const { fields } = error as { fields: { da: string; en: string }[] };
        return fields.map(({ da, en }) => `${da} | ${en}`).join();
      }
      return 'allowed';
    };
    expect(said()).toMatch(/\(0–5, 15–17 år\) \| .*\(0–5, 15–17 years\)$/);
    expect(changedBy(row({ ...narrow, precedent, ages: null }), standing).matrix.at(-1)).toMatchObject({ unit: 'bch' });
    expect(changedBy(row(narrow), standing).matrix.at(-1)).toMatchObject({ unit: 'bch', ages: [6, 14] });
  });

  test('refused: what is planned already, and what changes nothing', () => {
    const planned = changedBy(row({ from: '2026-12-01' }));
    const again = { need: 'hjaelp-i-hjemmet' };
    expect(refusal(row({ ...again, unit: 'bch', from: '2026-11-20' }), planned)).toBe('change.from before-planned');
    expect(refusal(row({ ...again, from: '2026-12-02' }), planned)).toBe('change.unit nothing-changed');
  });

  test('in words', () => {
    const says = (change: MatrixChange) =>
      matrixChangeInWords(
        change,
        (id) => id.toUpperCase(),
        (code) => ({ da: code, en: code }),
        (iso) => ({ da: iso, en: iso }),
      ).da;
    expect(says(row())).toBe('Ansvarsmatricen: Hjælp i hjemmet, 0–17 år → BBU (barnets lov § 32). Fra 2026-11-11.');
    expect(says(end('x', '2026-12-01'))).toContain('x står der ikke længere fra 2026-12-01');
  });
});

test('whatever is decided in whatever order, each need has at most one row on each day', () => {
  const change = fc.record({
    need: fc.constantFrom('school-place', 'equipment', null),
    unit: fc.constantFrom('bbu', 'bch', 'buf-modtagelse'),
    ahead: fc.integer({ min: 1, max: 20 }),
    ends: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      let is = organisation;
      for (const { need, unit, ahead, ends } of changes) {
        const on = day('2026-11-10').add({ days: ahead }).toString();
        try {
          is = changedBy(ends && need ? end(need, on) : row({ need, unit, from: on }), is);
        } catch {
          // Refused, and so nothing has changed.
        }
      }
      for (let ahead = 0; ahead < 25; ahead += 1) {
        const on = day('2026-11-10').add({ days: ahead });
        const codes = is.matrix.filter((one) => rowOn([one], one.id, on)).map(({ id }) => id);
        expect(codes).toHaveLength(new Set(codes).size);
      }
    }),
  );
});

describe('a new organisation file', () => {
  const file = organisation.matrix;
  const decided = changedBy(row()).matrix;

  test('brings its rows, and leaves those that two people have decided here', () => {
    const { matrix, kept } = withFileMatrix(decided, file);
    expect(matrix.map(({ id }) => id).toSorted()).toEqual(decided.map(({ id }) => id).toSorted());
    expect(kept).toEqual(['hjaelp-i-hjemmet']);
  });

  test('a need that was ended here stays ended, whatever the file says', () => {
    const ended = changedBy(end('school-place', '2026-12-01')).matrix;
    const { matrix, kept } = withFileMatrix(ended, file);
    expect(rowOn(matrix, 'school-place', day('2026-12-01'))).toBeUndefined();
    expect(kept).toEqual(['school-place']);
  });

  test('says nothing where the file has come to say the same', () => {
    const same = decided.map((one): MatrixRow => ({ ...one, change: null, endedBy: null }));
    expect(withFileMatrix(decided, same).kept).toEqual([]);
  });

  test('without decisions it is the file', () => {
    const shorter = file.slice(1);
    expect(withFileMatrix(file, shorter)).toEqual({ matrix: shorter, kept: [] });
  });
});

test('the row that answers for a child', () => {
  const on = day('2026-11-10');
  expect(rowFor(organisation.matrix, 'school-place', 7, on)?.unit).toBe('buf-modtagelse');
  expect(rowFor(organisation.matrix, 'school-place', 3, on)).toBeNull();
  expect(rowFor(organisation.matrix, null, 3, on)?.id).toBe('worry');
});

test('what was decided of one area holds for all of them', () => {
  expect(unitForRow(organisation, 'bbu-norrebro')).toBe('bbu');
  expect(unitForRow(organisation, 'buf-modtagelse')).toBe('buf-modtagelse');
});
