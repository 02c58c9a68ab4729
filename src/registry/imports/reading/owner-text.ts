import { isEmail } from 'class-validator';
import { hasControlCharacters } from './cell-text';

export type OwnerPattern = 'NAME_AND_EMAIL' | 'EMAIL' | 'NAME';

/** What a cell says of the owner. `UNREADABLE` names somebody in a way that leads to nobody. */
export type OwnerReading =
  | { kind: 'NOBODY' }
  | { kind: 'PERSON'; email: string; displayName: string | null }
  | { kind: 'NAME'; name: string }
  | { kind: 'UNREADABLE'; code: 'OWNER_WITHOUT_ADDRESS' | 'OWNER_WITH_SEVERAL_ADDRESSES' };

const ADDRESS = /[^\s<>()[\]{}:;,"'|、；：]+@[^\s<>()[\]{}:;,"'|、；：]+/g;
const MARKS_AROUND = /^[\s<>:;,|"'、-]+|[\s<>:;,|"'、-]+$/g;
const EMPTY_BRACKETS = /\(\s*\)|\[\s*\]|<\s*>/g;
const LONGEST_NAME = 100;
const LONGEST_ADDRESS = 320;

const isAddress = (text: string): boolean => text.length <= LONGEST_ADDRESS && isEmail(text, { require_tld: false });

/**
 * Reads the owner out of a cell: `Team: address`, `Team <address>`, `Team (address)`, an address alone, or a name. Addresses are in lower case.
 * Two different addresses in one cell name nobody: which of them answers for the system is not ours to guess.
 */
export function readOwner(text: string, pattern: OwnerPattern = 'NAME_AND_EMAIL'): OwnerReading {
  const plain = text
    .normalize('NFKC')
    .replace(/mailto:/gi, ' ')
    .trim();
  if (plain === '') return { kind: 'NOBODY' };
  if (pattern === 'NAME') return { kind: 'NAME', name: text };
  const found = plain.match(ADDRESS) ?? [];
  const addresses = new Set(found.map((address) => address.toLowerCase()).filter(isAddress));
  const [email, second] = addresses;
  if (email === undefined) return { kind: 'UNREADABLE', code: 'OWNER_WITHOUT_ADDRESS' };
  if (second !== undefined) return { kind: 'UNREADABLE', code: 'OWNER_WITH_SEVERAL_ADDRESSES' };
  const name = plain.replace(ADDRESS, ' ').replace(EMPTY_BRACKETS, ' ').replace(MARKS_AROUND, '').replace(/\s+/g, ' ');
  const isName =
    pattern === 'NAME_AND_EMAIL' && name !== '' && name.length <= LONGEST_NAME && !hasControlCharacters(name);
  return { kind: 'PERSON', email, displayName: isName ? name : null };
}
