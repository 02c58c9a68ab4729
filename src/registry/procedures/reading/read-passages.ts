import { marked, type Token, type Tokens } from 'marked';
import { plainText } from './plain-text';

/** What a passage is marked as in the text. */
export const PASSAGE_ORIGINS = ['NUMBERED_HEADING', 'NUMBERED_ITEM', 'CHECK_BOX', 'BULLET', 'HEADING'] as const;
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
  /** The text marks it as a step, as far as it marks any. */
  proposed: boolean;
  /** It says itself that it is not finished: TBD, 未定. */
  unfinished: boolean;
}

const LONGEST_TITLE = 200;
/** What marks steps, the clearest first; only the first that a text uses is proposed. */
const MARKS: PassageOrigin[][] = [['NUMBERED_HEADING', 'NUMBERED_ITEM', 'CHECK_BOX'], ['BULLET'], ['HEADING']];
const FRONT_MATTER = /^﻿?---\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/;
const NUMBERED =
  /^(?:(?:step|手順|ステップ)\s*[0-9０-９]+[.．)）、:：]?|[0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2})*[.．)）、:：]?\s+|[①-⑳]|[（(][0-9０-９]+[)）])/i;
const UNFINISHED = /\b(?:TBD|TBC|to be (?:determined|decided|confirmed))\b|未定|要検討|作成中/i;
const MINUTES =
  /[（(]\s*(?:約|およそ|approx\.?|about|~)?\s*([0-9]{1,4})\s*(分|min(?:ute)?s?|時間|h(?:(?:ou)?rs?)?)(?:程度|ほど)?\s*[)）]/i;

interface Found {
  origin: PassageOrigin;
  title: string;
  section: string[];
  body: string[];
}

/**
 * The passages of a recovery procedure in Markdown that may be steps, in the order of the text. Proposed are numbered headings, the items of
 * numbered lists (also when every item is `1.`) and check boxes; in a text that has none of them its bullets, and without bullets its
 * headings. Blocks between two items belong to the item before them. Nothing is evaluated; template tags stay text.
 */
export function readPassages(markdown: string): Passage[] {
  const found = collect(marked.lexer(markdown.replace(FRONT_MATTER, '')));
  const kinds = MARKS.find((origins) => found.some(({ origin }) => origins.includes(origin))) ?? [];
  return found
    .filter(({ origin, body }) => origin !== 'HEADING' || body.length > 0)
    .map((passage) => judged(passage, kinds.includes(passage.origin)));
}

function collect(tokens: Token[]): Found[] {
  const passages: Found[] = [];
  const headings: { depth: number; title: string }[] = [];
  // A numbered heading takes everything below it, lists included.
  let owner: { passage: Found; depth: number } | null = null;
  let last: Found | null = null;
  for (const token of tokens) {
    if (token.type === 'space' || token.type === 'hr' || token.type === 'def') continue;
    if (token.type === 'heading') {
      const { depth } = token as Tokens.Heading;
      const title = plainText((token as Tokens.Heading).tokens);
      const numbered = NUMBERED.test(title);
      if (owner && depth > owner.depth && !numbered) {
        owner.passage.body.push(token.raw.trimEnd());
        continue;
      }
      while (headings.length > 0 && (headings.at(-1)?.depth ?? 0) >= depth) headings.pop();
      last = {
        origin: numbered ? 'NUMBERED_HEADING' : 'HEADING',
        title,
        section: headings.map((heading) => heading.title),
        body: [],
      };
      passages.push(last);
      headings.push({ depth, title });
      owner = numbered ? { passage: last, depth } : null;
    } else if (token.type === 'list' && !owner) {
      const list = token as Tokens.List;
      for (const item of list.items) {
        const { title, rest } = splitItem(item);
        last = { origin: originOf(list, item), title, section: headings.map((heading) => heading.title), body: rest };
        passages.push(last);
      }
    } else (owner?.passage ?? last)?.body.push(token.raw.trimEnd());
  }
  return passages;
}

function originOf(list: Tokens.List, item: Tokens.ListItem): PassageOrigin {
  return item.task ? 'CHECK_BOX' : list.ordered ? 'NUMBERED_ITEM' : 'BULLET';
}

/** An item's first paragraph, and the blocks after it. */
function splitItem({ tokens }: Tokens.ListItem): { title: string; rest: string[] } {
  const blocks = tokens.filter(({ type }) => type !== 'space' && type !== 'checkbox');
  const [first, ...rest] = blocks;
  const isProse = first?.type === 'text' || first?.type === 'paragraph';
  return {
    title: isProse ? plainText((first as Tokens.Text).tokens ?? [first as Token]) : '',
    rest: (isProse ? rest : blocks).map(({ raw }) => raw.trimEnd()),
  };
}

function judged({ origin, title: written, section, body }: Found, proposed: boolean): Passage {
  const title = (origin === 'NUMBERED_HEADING' && written.replace(NUMBERED, '').trim()) || written;
  const short = shortTitle(title);
  const instructions = [...(short === title ? [] : [title]), ...body].join('\n\n').trim();
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
