import { diffLines } from 'diff';

/** Lines in a row that both texts have, or only the later (ADDED) or the earlier one (REMOVED). */
export interface TextPart {
  change: 'SAME' | 'ADDED' | 'REMOVED';
  lines: string[];
}

/** So many edits apart, two texts are shown as one that went and one that came: the search for the least change grows with their square. */
const MOST_EDITS = 2000;

/** How one text became another, line by line; empty when nothing differs. */
export function textDiff(before: string, after: string): TextPart[] {
  if (before === after) return [];
  const parts = diffLines(before, after, { maxEditLength: MOST_EDITS }) ?? [
    { added: false, removed: true, value: before },
    { added: true, removed: false, value: after },
  ];
  return parts
    .filter(({ value }) => value !== '')
    .map(({ added, removed, value }) => ({
      change: added ? 'ADDED' : removed ? 'REMOVED' : 'SAME',
      lines: value.replace(/\r?\n$/, '').split(/\r?\n/),
    }));
}
