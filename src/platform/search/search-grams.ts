/** The words of a text as search sees them: NFKC (ｼｽﾃﾑ is システム), lower case, split at white space. */
function words(text: string): string[][] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [...word]);
}

const pairs = (word: readonly string[]): string[] =>
  word.slice(1).map((character, index) => `${word[index]}${character}`);

/**
 * Every character and every two neighbouring characters of the texts, each once: what `search_grams` holds. Japanese words are often two
 * characters long, which trigrams cannot find (docs/adr/0014).
 */
export function searchGrams(texts: readonly (string | null)[]): string[] {
  const indexed = texts.flatMap((text) => words(text ?? ''));
  return [...new Set(indexed.flatMap((word) => [...word, ...pairs(word)]))];
}

/** What a search asks for: every word has to occur, in any order. */
export interface SearchTerms {
  /** Grams that a match contains, for the index: the pairs of each word, or the one character it has. */
  grams: string[];
  /** The words themselves, for the exact check of what the index offers. */
  words: string[];
}

/** The terms of what a person typed; null when there is nothing but white space. */
export function searchTerms(typed: string): SearchTerms | null {
  const found = words(typed);
  if (found.length === 0) return null;
  return {
    grams: [...new Set(found.flatMap((word) => (word.length === 1 ? word : pairs(word))))],
    words: found.map((word) => word.join('')),
  };
}
