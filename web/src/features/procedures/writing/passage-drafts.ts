import type { Passage, Reading } from '../../../api/types';

/** A passage while it is decided whether and how it becomes a step. */
export interface PassageDraft extends Pick<Passage, 'title' | 'section' | 'origin' | 'unfinished'> {
  /** Stays the same while passages are moved. */
  id: number;
  instructions: string;
  role: string;
  plannedMinutes: string;
  isStep: boolean;
}

export const draftsOf = ({ passages }: Reading): PassageDraft[] =>
  passages.map(({ instructions, plannedMinutes, proposed, title, section, origin, unfinished }, id) => ({
    ...{ id, title, section, origin, unfinished },
    instructions: instructions ?? '',
    role: '',
    plannedMinutes: plannedMinutes === null ? '' : String(plannedMinutes),
    isStep: proposed,
  }));

/** The passage changes places with its neighbour, -1 for the one before. */
export function moved(drafts: PassageDraft[], at: number, by: -1 | 1): PassageDraft[] {
  const after = [...drafts];
  const [one] = after.splice(at, 1);
  if (one) after.splice(at + by, 0, one);
  return after;
}

/** The passage becomes a part of the instructions of the one before it; their minutes add up. */
export function merged(drafts: PassageDraft[], at: number): PassageDraft[] {
  const [first, second] = [drafts[at - 1], drafts[at]];
  if (!first || !second) return drafts;
  const minutes = [first, second].flatMap(({ plannedMinutes }) => (plannedMinutes ? [Number(plannedMinutes)] : []));
  const whole: PassageDraft = {
    ...first,
    instructions: [first.instructions, second.title, second.instructions].filter(Boolean).join('\n\n'),
    role: first.role || second.role,
    plannedMinutes: minutes.length > 0 ? String(minutes.reduce((sum, each) => sum + each, 0)) : '',
    isStep: first.isStep || second.isStep,
    unfinished: first.unfinished || second.unfinished,
  };
  return [...drafts.slice(0, at - 1), whole, ...drafts.slice(at + 1)];
}

/** Each paragraph or item of the instructions becomes a passage of its own, after the title. */
export function split(drafts: PassageDraft[], at: number): PassageDraft[] {
  const whole = drafts[at];
  if (!whole) return drafts;
  const free = Math.max(...drafts.map(({ id }) => id)) + 1;
  const parts = partsOf(whole.instructions).map((part, index): PassageDraft => {
    const [first = '', ...rest] = part.split('\n');
    const isCode = /^(?:```|~~~)/.test(first);
    return {
      ...whole,
      id: free + index,
      title: isCode ? whole.title : first.replace(/^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?/, '').slice(0, 200),
      instructions: isCode ? part : rest.join('\n').trim(),
      plannedMinutes: '',
    };
  });
  return [...drafts.slice(0, at), { ...whole, instructions: '' }, ...parts, ...drafts.slice(at + 1)];
}

/** Paragraphs, items of lists on the outer level, and blocks of code, the last never cut and always with what they belong to. */
function partsOf(markdown: string): string[] {
  const parts: string[] = [];
  let fence: string | null = null;
  let isOpen = false;
  for (const line of markdown.split('\n')) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1]?.slice(0, 3) ?? null;
    const isItem = fence === null && /^(?:[-*+]|\d+[.)])\s/.test(line);
    const isNew = fence === null && (isItem || (!isOpen && mark === null && /^\S/.test(line)));
    if (isNew || parts.length === 0) parts.push(line);
    else parts.push(`${parts.pop()}\n${line}`);
    if (mark !== null) fence = fence === null ? mark : mark === fence ? null : fence;
    isOpen = fence !== null || line.trim() !== '';
  }
  return parts.map((part) => part.trim()).filter(Boolean);
}
