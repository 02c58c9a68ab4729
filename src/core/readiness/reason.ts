/** A sentence as data: the catalogue of each language turns it into words, so that page, API, mail and report say the same. */
export interface Reason {
  code: string;
  params: Readonly<Record<string, string | number | null>>;
}
