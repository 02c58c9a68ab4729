/** Where a text comes from: a column of the file, or a constant. A plain column may be its name alone. */
export interface Source {
  column?: string;
  value?: unknown;
}

export function sourceOf(given: string | Source): Source {
  return typeof given === 'string' ? { column: given } : given;
}

/** The column that a source reads; null when it reads none. */
export function columnOf(given: string | Source | undefined): string | null {
  return given === undefined ? null : (sourceOf(given).column ?? null);
}
