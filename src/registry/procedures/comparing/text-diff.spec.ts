import { textDiff } from './text-diff';

describe('two texts', () => {
  it('that are the same have no parts', () => {
    expect(textDiff('a\nb', 'a\nb')).toEqual([]);
  });

  it('are compared line by line', () => {
    expect(textDiff('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([
      { change: 'SAME', lines: ['a'] },
      { change: 'REMOVED', lines: ['b'] },
      { change: 'ADDED', lines: ['x'] },
      { change: 'SAME', lines: ['c'] },
      { change: 'ADDED', lines: ['d'] },
    ]);
  });

  it('begin from nothing, or end in it', () => {
    expect(textDiff('', 'a')).toEqual([{ change: 'ADDED', lines: ['a'] }]);
    expect(textDiff('a', '')).toEqual([{ change: 'REMOVED', lines: ['a'] }]);
  });

  it('that have hardly a line in common are one that went and one that came', () => {
    const lines = (prefix: string): string => Array.from({ length: 3000 }, (_, at) => `${prefix}${at}`).join('\n');
    expect(textDiff(lines('a'), lines('b')).map(({ change }) => change)).toEqual(['REMOVED', 'ADDED']);
  });
});
