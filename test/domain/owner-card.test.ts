import { expect, test } from 'vitest';
import { callNow } from '#domain/call-now.ts';
import type { DutyShift, Organisation } from '#domain/organisation.ts';
import { ownerCard } from '#domain/owner-card.ts';
import { type Instant, instant } from '#domain/time.ts';
import { RECEIVED, world } from '#test/support/referral.ts';

const NIGHT = instant('2026-11-06T22:00:00+01:00');
const shift = (phone: string | null): DutyShift => ({
  id: 's',
  unit: 'dognvagten',
  person: 'duty-officer-dognvagten',
  from: instant('2026-11-06T16:00:00+01:00'),
  until: instant('2026-11-07T08:00:00+01:00'),
  phone,
});
const over = (...rota: DutyShift[]): Organisation => ({ ...world.organisation, rota });
const cardOf = (organisation: Organisation, now: Instant, unit = 'dognvagten') =>
  ownerCard(
    {
      ownerUnit: unit,
      responsibleUnit: 'bbu-norrebro',
      provisionalRule: null,
      assessmentUnit: 'dognvagten',
      handlerId: null,
      since: RECEIVED,
      clocks: [],
    },
    organisation,
    now,
  );

test('the card of the duty unit names who is on duty and the number to call, for as long as the shift lasts', () => {
  const officer = world.organisation.people.get('duty-officer-dognvagten');
  const unitPhone = world.organisation.units.get('dognvagten')?.phone;
  const { unit, assessment } = cardOf(over(shift('70 20 30 40')), NIGHT);
  expect(unit).toMatchObject({ phone: '70 20 30 40', onDuty: [{ title: officer?.title, phone: '70 20 30 40' }] });
  expect(assessment?.unit).toEqual(unit);
  // Without a number of its own the unit is called, and the person has theirs.
  expect(cardOf(over(shift(null)), NIGHT).unit).toMatchObject({
    phone: unitPhone,
    onDuty: [{ title: officer?.title, phone: officer?.phone }],
  });
  const later = instant('2026-11-07T08:00:00+01:00');
  expect(cardOf(over(shift('70 20 30 40')), later).unit).toMatchObject({ phone: unitPhone, onDuty: [] });
  expect(cardOf(over(shift('70 20 30 40')), NIGHT, 'bbu-norrebro').unit.onDuty).toEqual([]);
});

test('who is called about an acute matter that nobody has taken is reached at the number of the shift', () => {
  const untaken = {
    acute: true,
    status: 'received',
    since: NIGHT.subtract({ hours: 1 }),
    ownerUnit: 'dognvagten',
  };
  const [first] = callNow(untaken, untaken.since, { ...world, organisation: over(shift('70 20 30 40')) }, NIGHT);
  expect(first).toMatchObject({ phone: '70 20 30 40' });
});
