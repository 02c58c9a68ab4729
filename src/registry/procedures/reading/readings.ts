import { type FoundPassage, type Passage, type PassageOrigin, passageOf } from './passage';
import { blocksOf, type TextBlock } from './text-blocks';

/** Ways to read steps out of a text. */
export const READING_KINDS = [
  'AS_MARKED',
  'BY_SECTION',
  'NUMBERED_HEADINGS',
  'NUMBERED_LISTS',
  'CHECK_BOXES',
  'BULLETS',
  'COMMANDS',
  'HEADINGS',
] as const;
export type ReadingKind = (typeof READING_KINDS)[number];

/** One way of reading a text, and the passages that it gives in the order of the text. */
export interface Reading {
  kind: ReadingKind;
  /** The level of the headings that begin a step, 1 to 6; null in the other ways. */
  level: number | null;
  passages: Passage[];
}

/** The ways that find something in a text, the likeliest first, and whether the first reads like steps at all. */
export interface Readings {
  stepsFound: boolean;
  readings: Reading[];
}

type Begins = (block: TextBlock) => boolean;
interface Way {
  kind: ReadingKind;
  level: number | null;
  begins: Begins;
  /** Steps that ask for something, of the blocks that begin one. */
  likelihood: number;
}

const MARKS: PassageOrigin[] = ['NUMBERED_HEADING', 'NUMBERED_ITEM', 'CHECK_BOX'];
const SINGLE_WAYS: [ReadingKind, PassageOrigin][] = [
  ['NUMBERED_HEADINGS', 'NUMBERED_HEADING'],
  ['NUMBERED_LISTS', 'NUMBERED_ITEM'],
  ['CHECK_BOXES', 'CHECK_BOX'],
  ['BULLETS', 'BULLET'],
  ['COMMANDS', 'COMMAND'],
];

/**
 * The ways to take a recovery procedure in Markdown apart into steps. As it is marked: numbered headings, the items of numbered lists (also
 * when every item is `1.`) and check boxes. By section: each section by the clearest that it has, numbers before bullets before commands, and
 * else as one step. Then each kind of mark by itself, and headings by level. Lists that describe and sections that explain are not proposed.
 * What follows a step belongs to it. Nothing is evaluated; template tags stay text.
 */
export function readSteps(markdown: string): Readings {
  const blocks = blocksOf(markdown);
  const marked = wayOf(blocks, 'AS_MARKED', isMarked);
  const bySection = wayOf(blocks, 'BY_SECTION', beginsBySection(blocks));
  const count = ({ begins }: Way): number => blocks.filter(begins).length;
  // A text of thirty commands with one numbered remark is not read by that remark.
  const first = count(marked) > 0 && count(marked) * 3 >= count(bySection) ? [marked, bySection] : [bySection, marked];
  const others = [
    ...SINGLE_WAYS.map(([kind, origin]) => wayOf(blocks, kind, (block) => block.origin === origin && !block.isAside)),
    ...[1, 2, 3, 4, 5, 6].map((level) =>
      wayOf(blocks, 'HEADINGS', (block) => block.depth === level && !block.isAside, level),
    ),
  ].sort((a, b) => b.likelihood - a.likelihood);
  const seen = new Set<string>();
  const ways = [...first, ...others].filter((way) => {
    const begun = blocks.flatMap((block, at) => (way.begins(block) ? [at] : [])).join(' ');
    if (!begun || seen.has(begun)) return false;
    seen.add(begun);
    return true;
  });
  const readings = ways
    .map(({ kind, level, begins }) => ({ kind, level, passages: passagesOf(blocks, begins, kind === 'HEADINGS') }))
    .filter(({ kind, passages }) => passages.filter(({ proposed }) => proposed).length > (kind === 'HEADINGS' ? 1 : 0));
  return { stepsFound: first.some((way) => count(way) > 0), readings };
}

function wayOf(blocks: TextBlock[], kind: ReadingKind, begins: Begins, level: number | null = null): Way {
  const beginning = blocks.filter(begins);
  const asking = beginning.filter(({ speech }) => speech === 'ACTION').length;
  return { kind, level, begins, likelihood: beginning.length < 2 ? 0 : asking / beginning.length };
}

const isMarked: Begins = ({ origin, isAside, isOfSteps }) =>
  !isAside && (origin === 'NUMBERED_HEADING' || (isOfSteps && origin !== null && MARKS.includes(origin)));

/** Which blocks begin a step when each section is read by the clearest of its marks. */
function beginsBySection(blocks: TextBlock[]): Begins {
  const chosen = new Set<TextBlock>();
  const sections = new Map<number, TextBlock[]>();
  for (const block of blocks) {
    const section = sections.get(block.sectionNumber);
    if (section) section.push(block);
    else sections.set(block.sectionNumber, [block]);
  }
  for (const section of sections.values()) {
    if (section[0]?.isAside) continue;
    const steps = (...origins: PassageOrigin[]): TextBlock[] =>
      section.filter(({ origin, isOfSteps }) => isOfSteps && origin !== null && origins.includes(origin));
    const items = [steps('NUMBERED_ITEM', 'CHECK_BOX'), steps('BULLET')].find((found) => found.length > 0);
    const clearest = [...ledIn(section), ...(items ?? steps('COMMAND'))];
    const isParent = (sections.get((section[0]?.sectionNumber ?? 0) + 1)?.[0]?.depth ?? 0) > (section[0]?.depth ?? 0);
    for (const block of clearest) chosen.add(block);
    if (clearest.length === 0 && section[0]?.speech === 'ACTION' && section[0].depth > 0 && !isParent)
      chosen.add(section[0]);
    if (section[1]?.raw.startsWith('```') && section[0]?.depth) chosen.add(section[0]);
  }
  for (const block of blocks) if (block.origin === 'NUMBERED_HEADING' && !block.isAside) chosen.add(block);
  return (block) => chosen.has(block);
}

/** Instructions whose list only describes: they are the step. */
function ledIn(section: TextBlock[]): TextBlock[] {
  return section.filter(({ origin }, at) => origin === 'INSTRUCTION' && section[at + 1]?.isOfSteps === false);
}

/** A heading that begins a step takes everything below it; in the other ways what begins no step belongs to the step before it. */
function passagesOf(blocks: TextBlock[], begins: Begins, isByHeading: boolean): Passage[] {
  const passages: FoundPassage[] = [];
  let owner: number | null = null;
  for (const [at, block] of blocks.entries()) {
    const last = passages.at(-1);
    const isFirst = begins(block);
    if (block.depth > 0 && owner !== null && block.depth <= owner) owner = null;
    const isOwned = owner !== null && !(block.depth > 0 && isFirst);
    const isCandidate = block.depth > 0 || (isItem(block) && (!last || (!last.proposed && last.body.length === 0)));
    if (isOwned || !(isFirst || isCandidate)) {
      const before = blocks[at - 1];
      if (last && last.body.length > 0 && isItem(block) && before && isItem(before))
        last.body.push(`${last.body.pop()}\n${block.raw}`);
      else last?.body.push(block.raw);
      continue;
    }
    const { origin, title, section, body } = block;
    passages.push({ origin: origin ?? 'HEADING', title, section, body: [...body], proposed: isFirst });
    if (isFirst && block.depth > 0 && (isByHeading || origin === 'NUMBERED_HEADING')) owner = block.depth;
  }
  return passages
    .filter(
      ({ origin, body, proposed }) =>
        body.length > 0 || (origin !== 'HEADING' && (proposed || origin !== 'NUMBERED_HEADING')),
    )
    .map(passageOf);
}

const isItem = ({ origin }: TextBlock): boolean =>
  origin === 'BULLET' || origin === 'NUMBERED_ITEM' || origin === 'CHECK_BOX';
