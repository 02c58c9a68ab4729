import { searchTerms } from './search-grams';

/** Binds a value and returns its placeholder. */
export type Bind = (value: unknown) => string;

/**
 * SQL condition that a system (table alias `system`) matches what a person typed: candidates by the GIN index on `search_grams`, then the exact
 * check on code and names, since pairs alone would also find words in another order. Null when nothing was typed.
 */
export function searchCondition(typed: string | undefined, alias: string, bind: Bind): string | null {
  const terms = searchTerms(typed ?? '');
  if (!terms) return null;
  const text = `lower(normalize(concat_ws(' ', ${alias}.code, ${alias}.name, ${alias}.name_en), NFKC))`;
  // A word of one or two characters is a gram itself, so the index has said all there is to say.
  const longer = terms.words.filter((word) => [...word].length > 2);
  const exact = longer.map((word) => `position(${bind(word)}::text IN ${text}) > 0`);
  return `(${[`${alias}.search_grams @> ${bind(terms.grams)}::text[]`, ...exact].join(' AND ')})`;
}
