import 'reflect-metadata';
import { IsOptional } from 'class-validator';
import { Problem } from './problem';
import { validationPipe } from './validation';
import {
  BooleanText,
  CommaList,
  IsCivilDate,
  IsDurationMinutes,
  IsIanaTimeZone,
  IsInstant,
  IsLongText,
  IsPeriod,
  IsPlainText,
  MayBeAbsent,
  parseInstant,
} from './validators';

class Everything {
  @IsOptional()
  @IsDurationMinutes()
  duration?: string | null;

  @IsOptional()
  @IsPeriod()
  period?: string;

  @IsOptional()
  @IsCivilDate()
  day?: string;

  @IsOptional()
  @IsInstant()
  instant?: string;

  @IsOptional()
  @IsIanaTimeZone()
  zone?: string;

  @MayBeAbsent()
  @IsPlainText(10)
  name?: string;

  @IsOptional()
  @IsLongText(20)
  note?: string;

  @IsOptional()
  @CommaList()
  list?: string[];

  @IsOptional()
  @BooleanText()
  flag?: boolean | string;
}

const check = (value: object): Promise<Everything> =>
  validationPipe().transform(value, { type: 'body', metatype: Everything }) as Promise<Everything>;

/** `field CODE` of every refusal. */
async function refusals(value: object): Promise<string[]> {
  const problem = await check(value).catch((error: unknown) => error);
  return problem instanceof Problem ? (problem.details.errors ?? []).map(({ field, code }) => `${field} ${code}`) : [];
}

describe('a field', () => {
  it.each([
    { duration: 'PT4H' },
    { duration: 'P1D' },
    { duration: null },
    { period: 'P1Y6M' },
    { day: '2028-02-29' },
    { instant: '2026-11-23T09:00:00+09:00' },
    { instant: '2026-11-23T00:00Z' },
    { zone: 'Asia/Tokyo' },
    { name: '住民記録' },
    { note: 'one\n\ttwo' },
    {},
  ])('is taken: %j', async (value) => {
    await expect(check(value)).resolves.toMatchObject(value);
  });

  it.each([
    [{ duration: '4h' }, 'duration NOT_A_DURATION'],
    [{ duration: 'P1M' }, 'duration NOT_A_DURATION'],
    [{ duration: 240 }, 'duration NOT_A_DURATION'],
    [{ duration: 'PT0M' }, 'duration ZERO_DURATION'],
    [{ period: 'PT4H' }, 'period NOT_A_PERIOD'],
    [{ day: '2026-02-29' }, 'day NOT_A_DATE'],
    [{ day: '2026-11-23T00:00:00Z' }, 'day NOT_A_DATE'],
    [{ instant: '2026-11-23T09:00:00' }, 'instant NOT_AN_INSTANT'],
    [{ instant: '2026-02-30T09:00:00Z' }, 'instant NOT_AN_INSTANT'],
    [{ instant: '2026-11-23' }, 'instant NOT_AN_INSTANT'],
    [{ zone: 'JST' }, 'zone NOT_A_TIME_ZONE'],
    [{ name: null }, 'name REQUIRED'],
    [{ name: '   ' }, 'name REQUIRED'],
    [{ name: 7 }, 'name NOT_TEXT'],
    [{ name: 'a\nb' }, 'name NOT_PLAIN_TEXT'],
    [{ name: 'a\u202Eb' }, 'name NOT_PLAIN_TEXT'],
    [{ name: 'x'.repeat(11) }, 'name TOO_LONG'],
    [{ note: 'a\u0000b' }, 'note NOT_PLAIN_TEXT'],
    [{ other: 1 }, 'other UNKNOWN_FIELD'],
  ])('is refused: %j', async (value, expected) => {
    expect(await refusals(value)).toEqual([expected]);
  });

  it('tells the limit it passed', async () => {
    const problem = (await check({ name: 'x'.repeat(11) }).catch((error: unknown) => error)) as Problem;
    expect(problem.details.errors).toEqual([{ field: 'name', code: 'TOO_LONG', params: { limit: 10 } }]);
  });

  it('of text is trimmed, and its letters are composed', async () => {
    expect((await check({ name: '  \u304B\u3099  ' })).name).toBe('が');
  });

  it('that may be null for clearing stays null, and an absent one absent', async () => {
    const { duration, ...rest } = await check({ duration: null });
    expect(duration).toBeNull();
    expect('name' in rest && rest.name).toBeFalsy();
  });
});

describe('a query', () => {
  it('gives a list by commas, by repetition, or both', async () => {
    expect((await check({ list: 'A,B' })).list).toEqual(['A', 'B']);
    expect((await check({ list: ['A', 'B,C'] })).list).toEqual(['A', 'B', 'C']);
  });

  it('gives true and false, and leaves other words for the next check', async () => {
    const flags = await Promise.all(['true', 'false', 'yes'].map(async (flag) => (await check({ flag })).flag));
    expect(flags).toEqual([true, false, 'yes']);
  });
});

describe('an instant', () => {
  it('is read with its offset', () => {
    expect(parseInstant('2026-11-23T09:00:00+09:00').toISOString()).toBe('2026-11-23T00:00:00.000Z');
  });

  it('without an offset is none', () => {
    expect(() => parseInstant('2026-11-23T09:00:00')).toThrow(RangeError);
  });
});
