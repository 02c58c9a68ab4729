import { randomBytes } from 'node:crypto';
import type { PersonalPart } from './audit-event.entity';

/** The fields of `before` and `after` that say who somebody is, whatever record they are of. */
const OF_THE_RECORD = ['email', 'displayName'] as const;
/** The fields of `after` that say where somebody was. */
const OF_THE_ACTOR = ['address', 'userAgent'] as const;

type Fields = Record<string, unknown>;

/** An entry before its personal fields have been taken out. */
export interface WithPersonal {
  before: Fields | null;
  after: Fields | null;
  /** Whose e-mail and name they are: the person who is the record, else who acts. Null: nobody's who could be erased. */
  subjectId: string | null;
  /** Who acts, and so is at the address. */
  actorId: string | null;
  address: string | undefined;
}

export interface Split {
  before: Fields | null;
  after: Fields | null;
  personal: Record<string, PersonalPart> | null;
}

/**
 * Parts what may be erased from what stays for ever. The salt keeps an erased address from being guessed by its digest. A personal field
 * that belongs to nobody is not kept at all: nobody could ask for its erasure.
 */
export function splitPersonal({ before, after, subjectId, actorId, address }: WithPersonal): Split {
  const parts = new Map<string, PersonalPart>();
  const add = (person: string | null, part: Omit<PersonalPart, 'salt'>): void => {
    if (person === null || Object.keys(part).length === 0) return;
    parts.set(person, { ...(parts.get(person) ?? { salt: randomBytes(16).toString('hex') }), ...part });
  };
  const [was, is] = [pick(before, OF_THE_RECORD), pick(after, OF_THE_RECORD)];
  add(subjectId, { ...(was && { before: was }), ...(is && { after: is }) });
  add(actorId ?? subjectId, { ...(address !== undefined && { address }), ...pick(after, OF_THE_ACTOR) });
  return {
    before: omit(before, OF_THE_RECORD),
    after: omit(after, [...OF_THE_RECORD, ...OF_THE_ACTOR]),
    personal: parts.size > 0 ? Object.fromEntries(parts) : null,
  };
}

function pick(fields: Fields | null, names: readonly string[]): Fields | undefined {
  const picked = Object.entries(fields ?? {}).filter(([name, value]) => names.includes(name) && value !== undefined);
  return picked.length > 0 ? Object.fromEntries(picked) : undefined;
}

function omit(fields: Fields | null, names: readonly string[]): Fields | null {
  const kept = Object.entries(fields ?? {}).filter(([name]) => !names.includes(name));
  return kept.length > 0 ? Object.fromEntries(kept) : null;
}
