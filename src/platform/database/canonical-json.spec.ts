import fc from 'fast-check';
import { canonicalJson, sameJson } from './canonical-json';

describe('two values', () => {
  const values = fc.jsonValue({ maxDepth: 3 });

  it('are the same JSON exactly when they are written alike', () => {
    fc.assert(fc.property(values, values, (a, b) => sameJson(a, b) === (canonicalJson(a) === canonicalJson(b))));
  });

  it('are the same after their keys have come back in another order', () => {
    const turned = (value: unknown): unknown =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, part]) => [key, turned(part)]),
          )
        : value;
    fc.assert(fc.property(values, (value) => sameJson(value, turned(value))));
  });

  it.each([
    ['a missing key', { a: 1 }, { a: 1, b: null }],
    ['another key', { a: 1 }, { b: 1 }],
    ['a part of the list', [1, 2], [1]],
    ['an object for a list', { 0: 1 }, [1]],
    ['another instant', new Date(1), new Date(2)],
    ['nothing', null, {}],
  ])('differ by %s', (_case, a, b) => {
    expect([sameJson(a, b), sameJson(b, a)]).toEqual([false, false]);
  });

  it.each([
    ['a key that is undefined', { a: 1, b: undefined }, { a: 1 }],
    ['an instant and its text', new Date(0), '1970-01-01T00:00:00.000Z'],
  ])('are the same by %s', (_case, a, b) => {
    expect([sameJson(a, b), sameJson(b, a)]).toEqual([true, true]);
  });
});
