import { posix } from 'node:path';
import { invalid, XlsxArchive } from './xlsx-archive';
import { prefixedAttribute, readXml } from './xml-reader';

export interface Worksheet {
  name: string;
  hidden: boolean;
  /** Name of its part in the archive. */
  part: string;
}

/** What a workbook says about its parts. */
export interface Workbook {
  worksheets: Worksheet[];
  /** Day numbers count from 1904-01-01 instead of 1900-01-01. */
  usesDates1904: boolean;
  sharedStringsPart?: string;
  stylesPart?: string;
}

interface Relationship {
  type: string;
  target: string;
}

const MAX_RELATIONSHIPS = 10_000;

/** Finds the parts of a workbook by its relationships, as the format demands, not by customary names. */
export async function readWorkbook(archive: XlsxArchive): Promise<Workbook> {
  const roots = await readRelationships(archive, '_rels/.rels', '');
  const part = [...roots.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (!archive.has(part)) throw invalid('The archive holds no workbook.');
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const relationships = await readRelationships(archive, `${folder}_rels/${part.slice(folder.length)}.rels`, folder);
  const ofType = (wanted: string) => [...relationships.values()].find(({ type }) => type === wanted)?.target;

  const worksheets: Worksheet[] = [];
  let usesDates1904 = false;
  await readXml(part, archive.text(part), {
    open(name, attributes) {
      if (name === 'workbookPr') usesDates1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const target = relationships.get(prefixedAttribute(attributes, 'id') ?? '');
      // Chart sheets and macro sheets have no rows.
      if (target?.type !== 'worksheet') return;
      const hidden = /hidden/i.test(attributes['state'] ?? '');
      worksheets.push({ name: attributes['name'] ?? '', hidden, part: target.target });
    },
  });
  return { worksheets, usesDates1904, sharedStringsPart: ofType('sharedStrings'), stylesPart: ofType('styles') };
}

async function readRelationships(archive: XlsxArchive, part: string, folder: string) {
  const relationships = new Map<string, Relationship>();
  if (!archive.has(part)) return relationships;
  await readXml(part, archive.text(part), {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return;
      if (relationships.size >= MAX_RELATIONSHIPS) throw invalid(`The part ${part} has too many relationships.`);
      const { Id: id = '', Type: type = '', Target: target = '' } = attributes;
      // The transitional and the strict flavour differ in all but the last word of a type.
      relationships.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target: resolve(folder, target) });
    },
  });
  return relationships;
}

/** A target is relative to the folder of its source unless it begins with a slash. */
function resolve(folder: string, target: string): string {
  return posix.join('/', target.startsWith('/') ? target : folder + target).slice(1);
}
