import { marked, type Token, type Tokens } from 'marked';
import { isNumbered, type PassageOrigin, withoutNumber } from './passage';
import { plainText } from './plain-text';
import { isReference, namesRestoring, namesSaving, speechOf, type Speech } from './words-of-steps';

/** One block of a text: a heading, an item of a list, a paragraph or the like, or a command with its own comment. */
export interface TextBlock {
  /** As it is written. */
  raw: string;
  /** What it would begin if it began a passage; null when it begins none. */
  origin: PassageOrigin | null;
  /** Its words when it begins a passage. */
  title: string;
  /** What stands below the title within the block. */
  body: string[];
  /** The headings above it, outermost first. */
  section: string[];
  /** Counts the headings up to here: blocks below the same heading have the same. */
  sectionNumber: number;
  /** Of a heading, 1 to 6; else 0. */
  depth: number;
  speech: Speech;
  /** The section explains, or is about something else than putting things back. */
  isAside: boolean;
  /** An item of a list, or a command, that reads like a step. */
  isOfSteps: boolean;
}

const FRONT_MATTER = /^\uFEFF?---\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n|$)/;
/** A command below it illustrates the one before. */
const ILLUSTRATES = /\b(?:example|e\.g|sample|output|result|response|error)\b|^or\b|^where\b|例|出力|結果|応答/i;
const SHELL = /^(?:sh|bash|zsh|shell|console|powershell|ps1|bat|cmd)\b/i;
const COMMENTED = /^[ \t]*#(?!!)\s*(.+)$/;

/** The blocks of a text in Markdown, in its order. Front matter is passed over; nothing is evaluated. */
export function blocksOf(markdown: string): TextBlock[] {
  const tokens = marked
    .lexer(markdown.replace(FRONT_MATTER, ''))
    .filter(({ type }) => type !== 'space' && type !== 'hr' && type !== 'def');
  const headings: { depth: number; title: string }[] = [];
  const blocks: TextBlock[] = [];
  let sectionNumber = 0;
  const add = (block: Partial<TextBlock> & { raw: string }): TextBlock => {
    const whole: TextBlock = {
      ...{ origin: null, title: '', body: [], depth: 0, isAside: false, isOfSteps: false, sectionNumber },
      ...{ section: headings.map(({ title }) => title), speech: 'OTHER' as const },
      ...block,
    };
    blocks.push(whole);
    return whole;
  };
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'heading') {
      const { depth, tokens: words } = token as Tokens.Heading;
      const title = plainText(words);
      while (headings.length > 0 && (headings.at(-1)?.depth ?? 0) >= depth) headings.pop();
      sectionNumber += 1;
      const origin = isNumbered(title) ? 'NUMBERED_HEADING' : 'HEADING';
      add({ raw: token.raw.trimEnd(), origin, title, depth, speech: speechOf(withoutNumber(title)) });
      headings.push({ depth, title });
    } else if (token.type === 'list') {
      const before = blocks.at(-1);
      const items = itemsOf(token as Tokens.List);
      // A command right below an item is how it is done, whatever its words.
      const last = items.at(-1);
      if (last && tokens[at + 1]?.type === 'code') last.speech = 'ACTION';
      // A paragraph such as “Record these settings:” is the step, and what it lists are its details.
      const isLed = before?.depth === 0 && before.origin === null && /[:：]\s*$/.test(before.title);
      if (isLed && before?.speech === 'ACTION') before.origin = 'INSTRUCTION';
      for (const item of items) add(item);
    } else if (token.type === 'code') {
      const pieces = commentedCommands(token as Tokens.Code);
      if (pieces.length > 0)
        for (const piece of pieces) add({ ...piece, origin: 'COMMAND', speech: 'ACTION', isOfSteps: true });
      else {
        markCommand(blocks, sectionNumber, SHELL.test((token as Tokens.Code).lang ?? ''));
        add({ raw: token.raw.trimEnd() });
      }
    } else {
      const title = token.type === 'paragraph' ? plainText((token as Tokens.Paragraph).tokens) : '';
      add({ raw: token.raw.trimEnd(), title, speech: speechOf(title) });
    }
  }
  markSteps(blocks);
  markAsides(blocks);
  markChapters(blocks);
  return blocks;
}

function itemsOf(list: Tokens.List): (Partial<TextBlock> & { raw: string })[] {
  return list.items.map((item) => {
    const blocks = item.tokens.filter(({ type }) => type !== 'space' && type !== 'checkbox');
    const [first, ...rest] = blocks;
    const isProse = first?.type === 'text' || first?.type === 'paragraph';
    const title = isProse ? plainText((first as Tokens.Text).tokens ?? [first as Token]) : '';
    return {
      raw: item.raw.trimEnd(),
      origin: item.task ? 'CHECK_BOX' : list.ordered ? 'NUMBERED_ITEM' : 'BULLET',
      title,
      body: (isProse ? rest : blocks).map(({ raw }) => raw.trimEnd()),
      speech: speechOf(title),
    };
  });
}

/** A block of code in which each comment is followed by its commands, taken apart; empty when it is not such a block. */
function commentedCommands({ text, lang = '' }: Tokens.Code): Pick<TextBlock, 'raw' | 'title' | 'body'>[] {
  const parts = text.split(/\n(?:[ \t]*\n)+/).map((part) => {
    const lines = part.split('\n');
    const from = lines.findIndex((line) => !COMMENTED.test(line));
    return { comments: lines.slice(0, from < 0 ? lines.length : from), commands: from < 0 ? [] : lines.slice(from) };
  });
  const isScript =
    parts.length > 1 && parts.every(({ comments, commands }) => comments.length > 0 && commands.length > 0);
  if (!isScript) return [];
  return parts.map(({ comments, commands }) => {
    const [title = '', ...others] = comments.map((line) => (COMMENTED.exec(line)?.[1] ?? '').trim());
    const body = `\`\`\`${lang}\n${[...others.map((line) => `# ${line}`), ...commands].join('\n')}\n\`\`\``;
    return { raw: `${title}\n\n${body}`, title, body: [body] };
  });
}

/**
 * Makes the paragraphs before a block of code the beginning of a passage, or the heading when there are none; a mere example is none.
 * Its title is the last sentence that asks for something.
 */
function markCommand(blocks: TextBlock[], sectionNumber: number, isShell: boolean): void {
  const before = blocks.at(-1);
  if (before && before.depth > 0) before.speech = 'ACTION';
  const from = blocks.findLastIndex(
    (block) => block.sectionNumber !== sectionNumber || block.depth > 0 || block.origin !== null || !block.title,
  );
  const lead = blocks.slice(from + 1);
  const [first] = lead;
  if (!first || ILLUSTRATES.test(lead.at(-1)?.title ?? '')) return;
  const sentences = lead.flatMap(({ title }) => title.split(/(?<=[.!?])\s+|(?<=。)/u).filter(Boolean));
  const title = sentences.findLast((sentence) => !isLabel(sentence) && speechOf(sentence) === 'ACTION');
  first.origin = 'COMMAND';
  first.isOfSteps = isShell || title !== undefined || sentences.some((sentence) => speechOf(sentence) === 'OTHER');
  first.speech = title === undefined ? first.speech : 'ACTION';
  if (sentences.length > 1) first.body = [first.raw];
  first.title = title ?? first.title;
}

/** “Restore command:” names what follows and is no sentence. */
const isLabel = (sentence: string): boolean =>
  /^[\u0020-\u024f]*[:：]$/u.test(sentence) && sentence.split(/\s+/).length <= 2;

/** Lists are steps as wholes: numbers and boxes unless nothing in them asks for anything, bullets when at least half of them do. */
function markSteps(blocks: TextBlock[]): void {
  let group: TextBlock[] = [];
  const close = (): void => {
    const share = (speech: Speech): number => group.filter((item) => item.speech === speech).length / group.length;
    const isOfSteps =
      group[0]?.origin === 'BULLET' ? share('ACTION') >= 0.5 : share('ACTION') > 0 || share('STATEMENT') < 0.5;
    for (const item of group) item.isOfSteps = isOfSteps;
    group = [];
  };
  for (const block of blocks) {
    const isItem = block.origin === 'BULLET' || block.origin === 'NUMBERED_ITEM' || block.origin === 'CHECK_BOX';
    const goesOn = isItem && block.origin === group[0]?.origin && block.sectionNumber === group[0]?.sectionNumber;
    // What is led in by a sentence with a colon is a list of its own; a block of code between two items is not.
    const isLedIn = !isItem && /[:：]\s*$/.test(block.title);
    if (group.length > 0 && (isLedIn || (isItem && !goesOn) || block.depth > 0)) close();
    if (isItem) group.push(block);
  }
  if (group.length > 0) close();
}

/** Explanations are aside; so are, where a section is about putting things back, the sections on how copies are made. */
function markAsides(blocks: TextBlock[]): void {
  const titles = blocks.filter(({ depth }) => depth === 1).length === 1 ? 2 : 1;
  const below = blocks.filter(({ depth }) => depth >= titles);
  const isSaving = below.some(({ title }) => namesRestoring(title)) ? namesSaving : () => false;
  const isAbout = (heading: string): boolean => namesRestoring(heading) || isSaving(heading);
  for (const block of blocks) {
    const path = (block.depth > 0 ? [...block.section, block.title] : block.section).slice(titles - 1);
    block.isAside =
      path.some((heading) => isReference(withoutNumber(heading))) || isSaving(path.findLast(isAbout) ?? '');
  }
}

/** Where one of the numbered headings of a level is “1. Purpose” or the like, the numbers count chapters and not steps. */
function markChapters(blocks: TextBlock[]): void {
  const numbered = blocks.filter(({ origin }) => origin === 'NUMBERED_HEADING');
  const chapters = new Set(numbered.filter(({ title }) => isReference(withoutNumber(title))).map(({ depth }) => depth));
  for (const block of numbered) if (chapters.has(block.depth)) block.origin = 'HEADING';
}
