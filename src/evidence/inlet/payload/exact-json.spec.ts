import { parseExact } from './exact-json';

const LARGE = '9007199254740993';

describe('a whole number that a double cannot hold', () => {
  it.each([
    ['alone', LARGE, 9_007_199_254_740_993n],
    ['below zero', `-${LARGE}`, -9_007_199_254_740_993n],
    ['behind a key', `{"a":${LARGE}}`, { a: 9_007_199_254_740_993n }],
    ['in a list', `[${LARGE},-${LARGE}]`, [9_007_199_254_740_993n, -9_007_199_254_740_993n]],
    ['behind a line end', `[1,\n${LARGE}\n]`, [1, 9_007_199_254_740_993n]],
  ])('is kept exactly %s', (_, text, value) => {
    expect(parseExact(text)).toEqual(value);
  });

  it('is a name within quotes, and a number with a fraction is what a double holds of it', () => {
    expect(parseExact(`{"id":"${LARGE}","share":0.${LARGE}}`)).toEqual({ id: LARGE, share: 0.9007199254740993 });
  });
});
