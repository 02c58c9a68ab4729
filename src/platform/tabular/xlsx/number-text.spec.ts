import { NumberFormat, parseFormatCode } from './number-formats';
import { numberText } from './number-text';

const shown = (stored: string, kind: 'plain' | 'date' | 'dateTime' | 'time' | 'elapsed', dates1904 = false) =>
  numberText(stored, { kind }, dates1904);

describe('parseFormatCode', () => {
  it.each<[string, NumberFormat['kind']]>([
    ['yyyy-mm-dd', 'date'],
    ['yyyy"年"m"月"d"日"', 'date'],
    ['[$-411]ge.m.d', 'date'],
    ['[$-411]ggge"年"m"月"d"日"', 'date'],
    ['yyyy/m/d(aaa)', 'date'],
    ['mmm-yy', 'date'],
    ['[Red]d\\-mmm;@', 'date'],
    ['m', 'date'],
    ['yyyy/mm/dd hh:mm', 'dateTime'],
    ['m/d/yy h:mm AM/PM', 'dateTime'],
    ['h:mm', 'time'],
    ['mm:ss', 'time'],
    ['h"時"mm"分"', 'time'],
    ['[h]:mm:ss', 'elapsed'],
    ['[mm]:ss', 'elapsed'],
    ['000000', 'padded'],
    ['General', 'plain'],
    ['0', 'plain'],
    ['0.00E+00', 'plain'],
    ['#,##0.00', 'plain'],
    ['#,##0"円";[Red]-#,##0"days"', 'plain'],
    ['[$¥-411]#,##0', 'plain'],
    ['_($* #,##0_);_($* (#,##0)', 'plain'],
    ['@', 'plain'],
    ['0%', 'plain'],
    ['', 'plain'],
  ])('reads %j as %s', (code, kind) => {
    expect(parseFormatCode(code).kind).toBe(kind);
  });
});

describe('numberText', () => {
  it.each([
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['60', '1900-02-29'],
    ['61', '1900-03-01'],
    ['25569', '1970-01-01'],
    ['36584', '2000-02-28'],
    ['36585', '2000-02-29'],
    ['36586', '2000-03-01'],
    ['46349', '2026-11-23'],
    ['46349.75', '2026-11-23'],
    ['73050', '2099-12-31'],
    ['73110', '2100-03-01'],
    ['2958465', '9999-12-31'],
  ])('reads day %s of the 1900 system as %s', (stored, date) => {
    expect(shown(stored, 'date')).toBe(date);
  });

  it.each([
    ['0', '1904-01-01'],
    ['59', '1904-02-29'],
    ['60', '1904-03-01'],
    ['44887', '2026-11-23'],
  ])('reads day %s of the 1904 system as %s', (stored, date) => {
    expect(shown(stored, 'date', true)).toBe(date);
  });

  it('agrees with the calendar on every day of two centuries', () => {
    for (let day = 61; day < 73_500; day += 1) {
      const date = new Date(Date.UTC(1899, 11, 30 + day)).toISOString().slice(0, 10);
      if (shown(String(day), 'date') !== date) expect([day, shown(String(day), 'date')]).toEqual([day, date]);
      if (day > 1462 && shown(String(day - 1462), 'date', true) !== date) expect(day).toBe(date);
    }
  });

  it('shows times to the second, the day with its time and hours beyond a day', () => {
    expect(shown('46349.395833333336', 'dateTime')).toBe('2026-11-23T09:30:00');
    expect(shown('46349', 'dateTime')).toBe('2026-11-23T00:00:00');
    expect(shown('46348.999999999', 'dateTime')).toBe('2026-11-23T00:00:00');
    expect(shown('0.5', 'dateTime')).toBe('12:00');
    expect(shown('0.39583333333333331', 'time')).toBe('09:30');
    expect(shown('46349.5000115740741', 'time')).toBe('12:00:01');
    expect(shown('1.5', 'elapsed')).toBe('36:00');
  });

  it.each(['-1', '0', '2958466', '1e300'])('leaves %s a number although its cell is formatted as a date', (stored) => {
    expect(Number(shown(stored, 'date'))).toBe(Number(stored));
  });

  it.each([
    ['13.199999999999999', '13.2'],
    ['0.1', '0.1'],
    ['1E+05', '100000'],
    ['7000012050002', '7000012050002'],
    ['1.5E20', '150000000000000000000'],
    ['-0', '0'],
    ['-5.50', '-5.5'],
    ['not a number', 'not a number'],
    ['', ''],
  ])('shows %j as %j', (stored, text) => {
    expect(shown(stored, 'plain')).toBe(text);
  });

  it('keeps the leading zeros of a code', () => {
    expect(numberText('11002', { kind: 'padded', digits: 6 }, false)).toBe('011002');
    expect(numberText('-1', { kind: 'padded', digits: 6 }, false)).toBe('-1');
    expect(numberText('1.5', { kind: 'padded', digits: 6 }, false)).toBe('1.5');
  });
});
