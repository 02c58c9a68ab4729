import type { ChainHead } from '../../audit/chain/chain-hash';

export const PACK_FORMAT = 'sonae-audit-pack-1';
export const MANIFEST = 'manifest.json';
export const README = 'README.txt';

/** Files with one record a line; each is in every pack. */
export const ROW_FILES = [
  ...([
    'systems.ndjson',
    'requirements.ndjson',
    'obligations.ndjson',
    'transitions.ndjson',
    'evidence.ndjson',
  ] as const),
  ...(['drills.ndjson', 'waivers.ndjson', 'reminders.ndjson', 'audit.ndjson', 'people.ndjson'] as const),
] as const;
export type RowFile = (typeof ROW_FILES)[number];

const POLICY_FILE = /^policy\/v\d+-([0-9a-f-]{36})\.json$/;

/** The file of a version of a policy. */
export function policyFile(version: number, id: string): string {
  return `policy/v${version}-${id}.json`;
}

/** The id of the policy that a file holds; null when it is no file of a policy. */
export function policyOf(name: string): string | null {
  return POLICY_FILE.exec(name)?.[1] ?? null;
}

/** Whether a pack may have a file of this name. */
export function isPackFile(name: string): boolean {
  return name === README || (ROW_FILES as readonly string[]).includes(name) || policyOf(name) !== null;
}

/** A file of the pack as the manifest has it. */
export interface PackedFile {
  name: string;
  bytes: number;
  /** Lines of a file with one record a line; null for any other. */
  rows: number | null;
  /** Of its bytes. */
  sha256: string;
}

interface Named {
  id: string;
  name: string;
}

/** What a pack is of and how to know it again; the last file in it. Its SHA-256 is on record in the audit event `audit.pack_made`. */
export interface PackManifest {
  format: typeof PACK_FORMAT;
  product: { name: string; version: string };
  packId: string;
  /** The instant of which everything in it is. */
  asOf: string;
  madeBy: Named;
  about: { system: (Named & { code: string }) | null; organisation: Named & { code: string } };
  /** What happened within these instants; null for everything there is. States are those of `asOf`. */
  period: {
    from: string | null;
    to: string | null;
    fromAt: string | null;
    untilAt: string | null;
    timeZone: string;
  } | null;
  /** Organisations below that keep their details to themselves: nothing of theirs is in it. */
  withheld: (Named & { code: string })[];
  /** The end of the chain of all audit events; null while there are none. */
  chain: ChainHead | null;
  files: PackedFile[];
}

/** A line of `audit.ndjson`: a place in the chain, the hash before it, the hash there, and the text that was hashed. */
export interface PackedEvent extends ChainHead {
  previous: string;
  event: string;
}
