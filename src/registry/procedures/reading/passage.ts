/** What a passage is marked as in the text. */
export const PASSAGE_ORIGINS = [
  'NUMBERED_HEADING',
  'NUMBERED_ITEM',
  'CHECK_BOX',
  'BULLET',
  'COMMAND',
  'INSTRUCTION',
  'HEADING',
] as const;
export type PassageOrigin = (typeof PASSAGE_ORIGINS)[number];

/** A passage of a text that may be a step; its owner decides. */
export interface Passage {
  title: string;
  /** Markdown; null when the title says it all. */
  instructions: string | null;
  /** Whole minutes, where the title names them in brackets. */
  plannedMinutes: number | null;
  /** The headings above it, outermost first. */
  section: string[];
  origin: PassageOrigin;
  /** This way of reading takes it for a step. */
  proposed: boolean;
  /** It says itself that it is not finished: TBD, 未定. */
  unfinished: boolean;
}

export type FoundPassage = Pick<Passage, 'origin' | 'title' | 'section' | 'proposed'> & { body: string[] };

const LONGEST_TITLE = 200;
const NUMBERED =
  /^(?:(?:step|手順|ステップ)\s*[0-9０-９]+[.．)）、:：]?|[0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2})*[.．)）、:：]?\s+|[①-⑳]|[（(][0-9０-９]+[)）])/i;
const UNFINISHED = /\b(?:TBD|TBC|to be (?:determined|decided|confirmed))\b|未定|要検討|作成中/i;
const MINUTES =
  /[（(]\s*(?:約|およそ|approx\.?|about|~)?\s*([0-9]{1,4})\s*(分|min(?:ute)?s?|時間|h(?:(?:ou)?rs?)?)(?:程度|ほど)?\s*[)）]/i;

/** A heading that begins with a number, as `3.`, `手順１` or `②`. */
export const isNumbered = (title: string): boolean => NUMBERED.test(title);

/** The heading without the number that it begins with. */
export const withoutNumber = (title: string): string => title.replace(NUMBERED, '').trim() || title;

/** The passage with a short title, and the whole of a long one in the instructions. */
export function passageOf({ origin, title: written, section, body, proposed }: FoundPassage): Passage {
  const title = origin === 'NUMBERED_HEADING' ? withoutNumber(written) : written;
  const short = shortTitle(title).replace(/[:：]$/, '');
  const instructions = [...(short.length >= title.length - 1 ? [] : [title]), ...body].join('\n\n').trim();
  const time = MINUTES.exec(title);
  return {
    title: short || (instructions.split('\n')[0] as string).slice(0, LONGEST_TITLE),
    instructions: instructions || null,
    plannedMinutes: time ? Number(time[1]) * (/^(?:時間|h)/i.test(time[2] as string) ? 60 : 1) : null,
    section,
    origin,
    proposed,
    unfinished: UNFINISHED.test(`${title}\n${instructions}`),
  };
}

/** The first sentence of a long title; a hard cut only where it has no end in sight. */
function shortTitle(title: string): string {
  if (title.length <= 120) return title;
  const sentence = /^.{10,}?(?:[.!?](?=\s)|[。！？])/u.exec(title)?.[0] ?? title;
  return sentence.length <= LONGEST_TITLE ? sentence : `${sentence.slice(0, LONGEST_TITLE - 1)}…`;
}
