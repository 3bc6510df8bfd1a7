import { describe, expect, it } from 'vitest';
import {
  isHverdag as countsAsHverdag,
  isWorkday as countsAsWorkday,
  easterSunday,
  holidayName,
} from '#domain/calendar.ts';
import { atLocal, local, T } from '#domain/time.ts';
import { world } from '#test/support/referral.ts';
import { atWall, dateText, dayAt, HOUR, isHverdag, isWorkday, lastSecond, MINUTE, shown } from './days.ts';
import { everyModelDay, inMs, toInstant } from './instants.ts';

const { calendar } = world;
const zone = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Copenhagen',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const two = (n: number): string => String(n).padStart(2, '0');
const wall = (index: number, minutes: number): string =>
  `${dateText(index)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;

describe('every day of 2015–2045', () => {
  it('has in the model the hours that the machine’s own table of zones gives it', () => {
    for (const index of everyModelDay) {
      const { midnight, shift } = dayAt(index);
      const length = dayAt(index + 1).midnight - midnight;
      expect(length / HOUR).toBe(shift === 'spring' ? 23 : shift === 'autumn' ? 25 : 24);
      const hours = shift === 'none' ? [0, 8, 23] : Array.from({ length: length / HOUR }, (_, hour) => hour);
      for (const hour of hours) {
        const at = midnight + hour * HOUR + 30 * MINUTE;
        expect(zone.format(at)).toBe(wall(index, shown(at)));
      }
    }
  });

  it('counts in the product as it does in the model', () => {
    const differ = everyModelDay.filter((index) => {
      const day = T.PlainDate.from(dateText(index));
      return (
        countsAsHverdag(calendar, day) !== isHverdag(index) ||
        countsAsWorkday(calendar, day) !== isWorkday(index) ||
        (holidayName(calendar, day) !== null) !== dayAt(index).helligdag ||
        inMs(atLocal(day, '08:00')) !== atWall(index, 8 * 60) ||
        inMs(atLocal(day, '23:59:59')) !== lastSecond(index)
      );
    });
    expect(differ.map(dateText)).toEqual([]);
  });

  it('has the local hours of the product on every night when the clock is turned', () => {
    for (const index of everyModelDay.filter((day) => dayAt(day).shift !== 'none')) {
      for (let minutes = 0; minutes < 6 * 60; minutes += 15) {
        const at = dayAt(index).midnight + minutes * MINUTE;
        const { hour, minute } = local(toInstant(at));
        expect(hour * 60 + minute).toBe(shown(at));
      }
    }
  });

  it('has Easter where the algorithm and the table agree', () => {
    const sundays = everyModelDay.filter((index) => dayAt(index).helligdag && dayAt(index).weekday === 6);
    for (let year = 2015; year <= 2045; year++) {
      expect(sundays.map(dateText)).toContain(easterSunday(year).toString());
    }
  });
});
