import * as fc from 'fast-check';
import { formatMinutes } from '../../../core/time/duration';
import { durationMinutes } from './duration-text';

describe('durationMinutes', () => {
  it.each([
    ['PT4H', 240],
    ['pt4h', 240],
    ['P1DT12H', 2160],
    ['4h', 240],
    ['4 hours', 240],
    ['12hrs', 720],
    ['4時間', 240],
    ['４時間', 240],
    ['30分', 30],
    ['90 min', 90],
    ['2日', 2880],
    ['2日間', 2880],
    ['1日12時間', 2160],
    ['1d 12h 30m', 2190],
    ['1週間', 10_080],
    ['0h', 0],
  ])('reads %s as %i minutes', (text, minutes) => {
    expect(durationMinutes(text)).toBe(minutes);
  });

  it.each([
    '',
    '4',
    '240',
    '4時',
    '約4時間',
    '4時間以内',
    '1 working day',
    'P1Y',
    'P1M',
    '-4h',
    '1.5h',
    '30m 4h',
    '9999999d',
    'best effort',
    'PT1S',
  ])('reads nothing out of %j', (text) => {
    expect(durationMinutes(text)).toBeNull();
  });

  it('reads back every duration that the service writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 36_525 * 1440 }), (minutes) => {
        expect(durationMinutes(formatMinutes(minutes))).toBe(minutes);
      }),
    );
  });
});
