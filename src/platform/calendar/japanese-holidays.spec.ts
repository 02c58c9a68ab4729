import holidayJp from '@holiday-jp/holiday_jp';
import { addBusinessDays, isBusinessDay } from '../../core/time/business-days';
import { addDays, dayOfWeek } from '../../core/time/civil-date';
import { holidayName, HOLIDAYS_KNOWN_UNTIL, isJapaneseHoliday } from './japanese-holidays';

describe('a holiday of Japanese government offices', () => {
  it.each([
    ['2026-01-01', '元日'],
    ['2026-01-12', '成人の日, the second Monday'],
    ['2026-02-11', '建国記念の日'],
    ['2026-02-23', '天皇誕生日'],
    ['2026-03-20', '春分の日'],
    ['2026-04-29', '昭和の日'],
    ['2026-05-03', '憲法記念日, a Sunday'],
    ['2026-05-04', 'みどりの日'],
    ['2026-05-05', 'こどもの日'],
    ['2026-05-06', '振替休日 three days after the Sunday'],
    ['2026-09-21', '敬老の日'],
    ['2026-09-22', '国民の休日 between two holidays'],
    ['2026-09-23', '秋分の日'],
    ['2027-03-22', '振替休日 of 春分の日'],
    ['2025-02-24', '振替休日 of 天皇誕生日'],
    ['2019-05-01', '即位の日'],
    ['2019-05-02', '国民の休日'],
    ['2020-07-24', 'スポーツの日, moved for the Olympic Games'],
    ['2021-07-23', 'スポーツの日, moved for the Olympic Games'],
    ['2026-12-29', 'the year-end closure'],
    ['2026-12-30', 'the year-end closure'],
    ['2026-12-31', 'the year-end closure'],
    ['2027-01-01', 'the year-end closure'],
    ['2027-01-02', 'the year-end closure'],
    ['2027-01-03', 'the year-end closure'],
  ])('is %s: %s', (date) => expect(isJapaneseHoliday(date)).toBe(true));

  it.each([
    ['2026-12-28', 'the last working day of the year (御用納め)'],
    ['2027-01-04', 'the first working day of the year (御用始め)'],
    ['2026-05-01', 'a Friday before the holidays'],
    ['2026-05-02', 'a Saturday, closed for being one'],
    ['2026-05-07', 'the day after 振替休日'],
    ['2026-09-24', 'the day after 秋分の日'],
    ['2020-10-12', 'スポーツの日 was moved away'],
    ['2019-12-23', '天皇誕生日 until 2018'],
    ['2026-02-30', 'no day at all'],
  ])('is not %s: %s', (date) => expect(isJapaneseHoliday(date)).toBe(false));

  it.each([
    ['2026-11-23', '勤労感謝の日', 'Labor Thanksgiving Day'],
    ['2027-01-01', '元日', "New Year's Day"],
    ['2027-01-02', '年末年始の閉庁日', 'Year-end closure'],
    ['2026-11-24', null, null],
  ])('has a name in both languages: %s', (date, ja, en) => {
    expect([holidayName(date, 'ja'), holidayName(date, 'en')]).toEqual([ja, en]);
  });

  it('makes the working days of government offices', () => {
    expect(addBusinessDays('2026-05-01', 1, isJapaneseHoliday)).toBe('2026-05-07');
    expect(addBusinessDays('2026-09-18', 1, isJapaneseHoliday)).toBe('2026-09-24');
    expect(addBusinessDays('2026-12-28', 1, isJapaneseHoliday)).toBe('2027-01-04');
    expect(isBusinessDay('2026-12-31', isJapaneseHoliday)).toBe(false);
  });
});

describe('the listed holidays', () => {
  const listed = Object.keys(holidayJp.holidays).sort();

  it('reach to the end of 2050 and from 1970', () => {
    expect(HOLIDAYS_KNOWN_UNTIL).toBe('2050-12-31');
    expect(listed[0]).toBe('1970-01-01');
    expect(isJapaneseHoliday('2050-11-23')).toBe(true);
  });

  it('give way beyond their end to the year-end closure alone', () => {
    expect(isJapaneseHoliday('2050-12-31')).toBe(true);
    expect(isJapaneseHoliday('2051-01-03')).toBe(true);
    expect(isJapaneseHoliday('2051-01-04')).toBe(false);
    expect(isJapaneseHoliday('2051-05-03')).toBe(false);
    expect(isJapaneseHoliday('1969-05-05')).toBe(false);
  });

  it('hold in every year each holiday whose date the law fixes', () => {
    const fixed = ['01-01', '02-11', '02-23', '04-29', '05-03', '05-04', '05-05', '08-11', '11-03', '11-23'];
    for (let year = 2022; year <= 2050; year += 1) {
      for (const day of fixed)
        expect([`${year}-${day}`, isJapaneseHoliday(`${year}-${day}`)]).toEqual([`${year}-${day}`, true]);
    }
  });

  it('give the Monday off after every one that falls on a Sunday (since 2007)', () => {
    const sundays = listed.filter((date) => date >= '2007-01-01' && dayOfWeek(date) === 0);
    expect(sundays.length).toBeGreaterThan(50);
    for (const sunday of sundays) expect([sunday, isJapaneseHoliday(addDays(sunday, 1))]).toEqual([sunday, true]);
  });

  it('hold every day between two of them (国民の休日, since 1988)', () => {
    const enclosed = listed
      .filter((date) => date >= '1988-01-01' && Object.hasOwn(holidayJp.holidays, addDays(date, 2)))
      .map((date) => addDays(date, 1))
      .filter((date) => dayOfWeek(date) !== 0);
    expect(enclosed.length).toBeGreaterThan(10);
    expect(enclosed.filter((date) => !isJapaneseHoliday(date))).toEqual([]);
  });
});
