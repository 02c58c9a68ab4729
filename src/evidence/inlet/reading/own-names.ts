import type { NeutralRecord } from './neutral-record';
import type { ReadSubmission } from './read-submission';

/** Of a submission that also told of what has none of the names that count at its inlet. */
export const OTHERS_LEFT_OUT = 'OTHERS_LEFT_OUT';

/** A name that counts: as it stands, or with `*` for anything at its beginning, its end or both. */
const NAME = /^\*?[^*]+\*?$/;

/** Whether a text is a name as an inlet may declare it: a wildcard stands at the ends only. */
export const isOwnName = (text: string): boolean => NAME.test(text);

/**
 * What was read, without the records that have none of these names (docs/backup-tools.md); all of it where there are no names. A list on which nothing is left stays a
 * list: then nothing of ours is on it.
 */
export function ownOnly(read: ReadSubmission, ownNames: readonly string[]): ReadSubmission {
  if (ownNames.length === 0) return read;
  const matchers = ownNames.map(matcherOf);
  const records = read.records.filter((record) => namesOf(record).some((name) => matchers.some((fits) => fits(name))));
  if (records.length === read.records.length) return read;
  return {
    ...read,
    disposition: records.length > 0 ? 'ACCEPTED' : 'ACCEPTED_NO_RECORDS',
    flags: [...read.flags, OTHERS_LEFT_OUT].sort(),
    records,
  };
}

/** Host, dataset, location, and the run key with and without the word for the tool before it. */
function namesOf({ host, dataset, location, runKey }: NeutralRecord): string[] {
  const named = runKey?.slice(runKey.indexOf(':') + 1) ?? null;
  return [host, dataset, location, runKey, named].flatMap((name) => (name === null ? [] : folded(name)));
}

function matcherOf(ownName: string): (name: string) => boolean {
  const wanted = folded(ownName).replace(/^\*|\*$/g, '');
  const [open, opens] = [ownName.startsWith('*'), ownName.endsWith('*')];
  if (open && opens) return (name) => name.includes(wanted);
  if (open) return (name) => name.endsWith(wanted);
  return opens ? (name) => name.startsWith(wanted) : (name) => name === wanted;
}

const folded = (name: string): string => name.normalize('NFC').toLowerCase();
