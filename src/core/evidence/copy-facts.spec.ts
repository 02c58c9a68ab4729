import { CountedCopy, countCopies } from './copy-facts';

const copy = (...marks: (keyof CountedCopy)[]): CountedCopy => ({
  offsite: marks.includes('offsite'),
  offline: marks.includes('offline'),
  immutable: marks.includes('immutable'),
  encrypted: marks.includes('encrypted'),
});

describe('the count of copies', () => {
  it('of none is nothing', () => {
    expect(countCopies([])).toEqual({ copies: 0, offsite: 0, offlineOrImmutable: 0, encrypted: 0 });
  });

  it('counts each aspect by itself, and a copy that is offline and immutable once', () => {
    const copies = [copy(), copy('offsite', 'encrypted'), copy('offline', 'immutable'), copy('immutable', 'encrypted')];
    expect(countCopies(copies)).toEqual({ copies: 4, offsite: 1, offlineOrImmutable: 2, encrypted: 2 });
  });
});
