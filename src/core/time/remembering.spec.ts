import { remembering } from './remembering';

describe('remembering', () => {
  it('computes once for a key, and anew when there were too many others', () => {
    const remember = remembering<string>(2);
    const computed: string[] = [];
    const ask = (key: string): string => remember(key, () => (computed.push(key), key.toUpperCase()));
    expect([ask('a'), ask('a'), ask('b'), ask('a')]).toEqual(['A', 'A', 'B', 'A']);
    expect(computed).toEqual(['a', 'b']);
    expect([ask('c'), ask('a')]).toEqual(['C', 'A']);
    expect(computed).toEqual(['a', 'b', 'c', 'a']);
  });

  it('keeps the groups of a key apart', () => {
    const remember = remembering<string>(9);
    const ask = (key: string, group?: string | number): string => remember(key, () => `${group} ${key}`, group);
    expect([ask('a', 1), ask('a', 2), ask('a'), ask('a', 1)]).toEqual(['1 a', '2 a', 'undefined a', '1 a']);
  });

  it('does not keep a refusal', () => {
    const remember = remembering<number>(2);
    const refuse = (): number => {
      throw new RangeError('no');
    };
    expect(() => remember('a', refuse)).toThrow('no');
    expect(remember('a', () => 1)).toBe(1);
  });
});
