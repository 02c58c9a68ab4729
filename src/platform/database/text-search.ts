/**
 * SQL that finds a text anywhere in the columns, whatever its width and case (NFKC, lower case).
 * @param wanted placeholder of the text.
 */
export const containsText = (columns: readonly string[], wanted: string): string =>
  `strpos(lower(normalize(concat_ws(E'\\n', ${columns.join(', ')}), NFKC)), lower(normalize(${wanted}::text, NFKC))) > 0`;
