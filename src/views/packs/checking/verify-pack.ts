import { type PackedFile, type PackManifest, policyOf } from '../pack-format';
import { Findings } from './findings';
import { Damaged, PackArchive } from './pack-archive';
import { readLines } from './read-lines';
import { readManifest } from './read-manifest';
import { RecordChecks } from './record-checks';

/** What a check of a pack came to. */
export interface PackVerdict {
  findings: Findings;
  /** Null when it could not be read; nothing after it was checked then. */
  manifest: PackManifest | null;
  /** SHA-256 of the manifest. */
  sha256: string | null;
  /** What was looked at. */
  looked: {
    files: number;
    bytes: number;
    sealed: number;
    elsewhere: number;
    events: number;
    gaps: number;
    obligations: number;
  };
}

/** Obligations are looked at after what they refer to, events after the proofs that they are about. */
const FIRST = ['systems.ndjson', 'evidence.ndjson', 'obligations.ndjson', 'audit.ndjson'];

/**
 * Checks a pack without the service: its zip, the digests of its files, and what its records say of themselves and of each other.
 * @param digest that of the manifest, as the audit event of the pack has it.
 * @throws an error of the file system when the file cannot be read.
 */
export async function verifyPack(path: string, digest?: string): Promise<PackVerdict> {
  const findings = new Findings();
  const nothing = { files: 0, bytes: 0, sealed: 0, elsewhere: 0, events: 0, gaps: 0, obligations: 0 };
  const archive = await PackArchive.open(path, findings);
  if (!archive) return { findings, manifest: null, sha256: null, looked: nothing };
  try {
    const read = await readManifest(archive, findings, digest);
    if (!read) return { findings, manifest: null, sha256: null, looked: nothing };
    const { manifest, sha256 } = read;
    const checks = new RecordChecks(findings, manifest.chain);
    const files = [...manifest.files].sort((a, b) => placeOf(a) - placeOf(b));
    for (const file of files) if (archive.bytesOf(file.name) !== null) await checkFile(archive, file, findings, checks);
    checks.sharedEvidence();
    const { sealed, elsewhere, events, gaps, obligations } = checks;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return {
      findings,
      manifest,
      sha256,
      looked: { files: files.length, bytes, sealed, elsewhere, events, gaps, obligations },
    };
  } finally {
    archive.close();
  }
}

function placeOf({ name }: PackedFile): number {
  if (policyOf(name)) return -1;
  const place = FIRST.indexOf(name);
  return place >= 0 ? place : FIRST.length;
}

async function checkFile(
  archive: PackArchive,
  file: PackedFile,
  findings: Findings,
  checks: RecordChecks,
): Promise<void> {
  const { name, bytes, rows, sha256 } = file;
  const add = (fault: Parameters<Findings['add']>[1], params?: Record<string, string | number>): void =>
    findings.add('FILES', fault, name, null, params);
  const declared = archive.bytesOf(name);
  if (declared !== bytes) add('OTHER_BYTES', { stated: bytes, found: declared ?? 0 });
  const whole: string[] = [];
  try {
    const read = await readLines(archive.read(name), Math.max(bytes, declared ?? 0), (text, line) => {
      if (rows !== null) checkLine(text, name, line, findings, checks);
      else if (policyOf(name)) whole.push(text ?? '');
    });
    if (rows !== null && read.lines !== rows) add('OTHER_ROWS', { stated: rows, found: read.lines });
    if (read.sha256 !== sha256) add('ALTERED');
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    add('DAMAGED');
  }
  const policy = policyOf(name);
  if (policy === null) return;
  if (objectOf(whole.join('\n'))?.id === policy) checks.policy(policy);
  else findings.add('REFERENCES', 'POLICY_MISSING', name, null, { id: policy });
}

function checkLine(text: string | null, name: string, line: number, findings: Findings, checks: RecordChecks): void {
  const record = text === null ? null : objectOf(text);
  if (!record) return findings.add('FILES', 'LINE_UNREADABLE', name, line);
  if (name === 'systems.ndjson') checks.system(record);
  else if (name === 'evidence.ndjson') checks.evidence(record, name, line);
  else if (name === 'obligations.ndjson') checks.obligation(record, name, line);
  else if (name === 'audit.ndjson') checks.event(record, name, line);
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
