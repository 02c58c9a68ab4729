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
  const exact = terms.words.map((word) => `position(${bind(word)}::text IN ${text}) > 0`);
  return `(${alias}.search_grams @> ${bind(terms.grams)}::text[] AND ${exact.join(' AND ')})`;
}
