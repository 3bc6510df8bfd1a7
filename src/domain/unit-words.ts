import type { Reason } from './errors.ts';
import type { UnitChange } from './unit-change.ts';

const KINDS: ReadonlySet<string> = new Set<UnitChange['what']>(['open', 'close', 'merge', 'split']);

/** Of the changes that take two people, one of units? */
export const isUnitChange = (change: { readonly what: string }): change is UnitChange => KINDS.has(change.what);

const listed = (names: readonly string[], and: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;

/** A change of units as one line, in both languages. `day` writes local days. */
export const unitChangeInWords = (
  change: UnitChange,
  unitName: (id: string) => string,
  day: (iso: string) => Reason,
): Reason => {
  const on = day(change.on);
  switch (change.what) {
    case 'open':
      return { da: `${change.unit.name} åbner ${on.da}`, en: `${change.unit.name} opens on ${on.en}` };
    case 'close': {
      const [unit, into] = [unitName(change.unit), unitName(change.into)];
      return {
        da: `${unit} nedlægges ${on.da}, og ${into} overtager`,
        en: `${unit} closes on ${on.en}, and ${into} takes over`,
      };
    }
    case 'merge': {
      const into = change.unit?.name ?? unitName(change.into ?? '');
      const names = change.units.filter((id) => id !== change.into).map(unitName);
      return {
        da: `${listed(names, 'og')} lægges sammen ${on.da} til ${into}`,
        en: `${listed(names, 'and')} merge on ${on.en} into ${into}`,
      };
    }
    case 'split': {
      const names = change.parts.map(({ name }) => name);
      return {
        da: `${unitName(change.unit)} deles ${on.da} i ${listed(names, 'og')} efter ${change.by === 'area' ? 'område' : 'alder'}`,
        en: `${unitName(change.unit)} splits on ${on.en} into ${listed(names, 'and')} by ${change.by}`,
      };
    }
  }
};
