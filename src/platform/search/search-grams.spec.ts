import * as fc from 'fast-check';
import { searchGrams, searchTerms } from './search-grams';

describe('the grams of a system', () => {
  it('are its characters and neighbouring pairs, each once', () => {
    expect(searchGrams(['年金年金'])).toEqual(['年', '金', '年金', '金年']);
  });

  it('are the same for half-width, full-width and capital letters', () => {
    expect(searchGrams(['ｼｽﾃﾑＡ'])).toEqual(searchGrams(['システムa']));
    expect(searchGrams(['ﾊﾞｯｸ'])).toEqual(searchGrams(['バック']));
  });

  it('do not reach over white space or from one field into the next', () => {
    expect(searchGrams(['税務　申告', null, 'PAY'])).not.toEqual(expect.arrayContaining(['務申']));
    expect(searchGrams(['税', '務'])).toEqual(['税', '務']);
  });

  it('keep characters outside the basic plane whole', () => {
    expect(searchGrams(['𠮷野'])).toEqual(['𠮷', '野', '𠮷野']);
  });
});

describe('the terms of a search', () => {
  it('are the pairs of each word', () => {
    expect(searchTerms(' 年金　Pay ')).toEqual({ grams: ['年金', 'pa', 'ay'], words: ['年金', 'pay'] });
  });

  it('are the character itself where a word is one character', () => {
    expect(searchTerms('税')).toEqual({ grams: ['税'], words: ['税'] });
  });

  it('are none for white space', () => {
    expect(searchTerms(' 　\t')).toBeNull();
    expect(searchTerms('')).toBeNull();
  });

  it('are held by every text that contains what was typed', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(text, text, text, (before, typed, after) => {
        const terms = searchTerms(typed.normalize('NFKC'));
        const grams = searchGrams([`${before} ${typed} ${after}`]);
        expect(grams).toEqual(expect.arrayContaining(terms?.grams ?? []));
      }),
    );
  });
});
