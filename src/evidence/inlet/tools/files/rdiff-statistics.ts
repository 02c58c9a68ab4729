import type { Json } from '../../payload/exact-json';

/** Looks up one number of a run by the name it has in the output. */
export type Statistics = (name: string) => Json | undefined;

/**
 * The block `--------------[ Title ]--------------` of rdiff-backup and of duplicity, which has it from there: `Name value (in words)` a
 * line. Null when there is none, or when it ends before the closing rule or lacks one of `required`.
 */
export function statisticsOf(text: string, title: string, required: readonly string[]): Statistics | null {
  const start = text.indexOf(`[ ${title} ]`);
  if (start < 0) return null;
  const [block, rest] = [text.slice(start), text.slice(start).indexOf('\n----------')];
  if (rest < 0) return null;
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of block.slice(0, rest).matchAll(/^([A-Z][A-Za-z]+) (-?[\d.]+)(?: \(.*\))?$/gm))
    values.set(name, value);
  return required.every((name) => values.has(name)) ? (name) => values.get(name) : null;
}
