import * as fc from 'fast-check';
import { civilDates } from '../../../test/support/arbitrary-dates';
import { formatWareki } from './wareki';

const eras = [
  { name: '明治', from: '1868-01-25' },
  { name: '大正', from: '1912-07-30' },
  { name: '昭和', from: '1926-12-25' },
  { name: '平成', from: '1989-01-08' },
  { name: '令和', from: '2019-05-01' },
];

describe('a date in the era calendar', () => {
  it.each([
    ['1900-01-01', '明治33年1月1日'],
    ['1912-07-29', '明治45年7月29日'],
    ['1912-07-30', '大正元年7月30日'],
    ['1912-12-31', '大正元年12月31日'],
    ['1913-01-01', '大正2年1月1日'],
    ['1926-12-24', '大正15年12月24日'],
    ['1926-12-25', '昭和元年12月25日'],
    ['1927-01-01', '昭和2年1月1日'],
    ['1989-01-07', '昭和64年1月7日'],
    ['1989-01-08', '平成元年1月8日'],
    ['2019-04-30', '平成31年4月30日'],
    ['2019-05-01', '令和元年5月1日'],
    ['2020-01-01', '令和2年1月1日'],
    ['2026-05-03', '令和8年5月3日'],
    ['2028-02-29', '令和10年2月29日'],
  ])('%s is %s', (date, expected) => expect(formatWareki(date)).toBe(expected));

  it('counts the years from the one in which the era began', () => {
    fc.assert(
      fc.property(civilDates('1900-01-01', '2100-12-31'), (date) => {
        const era = eras.findLast(({ from }) => from <= date)!;
        const year = Number(date.slice(0, 4)) - Number(era.from.slice(0, 4)) + 1;
        const [month, day] = [Number(date.slice(5, 7)), Number(date.slice(8))];
        expect(formatWareki(date)).toBe(`${era.name}${year === 1 ? '元' : year}年${month}月${day}日`);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses text that is no date', () => {
    expect(() => formatWareki('2026-02-30')).toThrow('"2026-02-30" is not a date');
  });
});
