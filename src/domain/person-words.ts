import type { Reason } from './errors.ts';
import type { PersonChange } from './person-change.ts';

/** A change of a person as one line, in both languages; `title` and `unitName` tell names, `day` writes local days. */
export const personChangeInWords = (
  change: PersonChange,
  title: (id: string) => string,
  unitName: (id: string) => string,
  day: (iso: string) => Reason,
): Reason => {
  const on = day(change.on);
  switch (change.what) {
    case 'person-joins': {
      const unit = unitName(change.unit);
      return {
        da: `${change.title} begynder ${on.da} i ${unit}`,
        en: `${change.title} joins ${unit} on ${on.en}`,
      };
    }
    case 'person-leaves':
      return { da: `${title(change.person)} stopper ${on.da}`, en: `${title(change.person)} leaves on ${on.en}` };
    case 'person-moves': {
      const [who, unit] = [title(change.person), unitName(change.unit)];
      return { da: `${who} flytter ${on.da} til ${unit}`, en: `${who} moves to ${unit} on ${on.en}` };
    }
    case 'person-roles':
      return {
        da: `${title(change.person)} får andre roller ${on.da}`,
        en: `${title(change.person)} has other roles from ${on.en}`,
      };
  }
};
