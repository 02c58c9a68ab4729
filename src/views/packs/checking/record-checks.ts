import { digestOf, hashAfter, START } from '../../../audit/chain/chain-hash';
import { isSealed } from '../../../obligations/intake/evidence-seal';
import type { PackedEvent, PackManifest } from '../pack-format';
import type { Findings } from './findings';

type Fields = Readonly<Record<string, unknown>>;

/** Actions whose events say the digest of the proof that they are about. */
const SAY_THE_DIGEST: readonly unknown[] = ['evidence.recorded', 'evidence.superseded'];
/** Places in the text of an event. */
const [ACTION, RECORD_ID, AFTER] = [4, 6, 9];

/** Looks at the records of a pack in the order of its files, and at what they say of each other. */
export class RecordChecks {
  sealed = 0;
  events = 0;
  /** Records of drills of other systems whose own record is not in the pack: their digest is that of the drill, and cannot be computed. */
  elsewhere = 0;
  /** How often events are left out between two that are in the pack. */
  gaps = 0;
  obligations = 0;
  private readonly systems = new Set<unknown>();
  private readonly policies = new Set<unknown>();
  /** The digests of the proofs by their ids. */
  private readonly proofs = new Map<unknown, string>();
  private readonly shared: { fromId: unknown; sha256: string; file: string; line: number }[] = [];
  private last: PackedEvent | undefined;

  constructor(
    private readonly findings: Findings,
    private readonly chain: PackManifest['chain'],
  ) {}

  policy(id: string): void {
    this.policies.add(id);
  }

  system({ id }: Fields): void {
    this.systems.add(id);
  }

  evidence(record: Fields, file: string, line: number): void {
    if (typeof record.id !== 'string' || typeof record.sha256 !== 'string')
      return this.findings.add('EVIDENCE', 'LINE_UNREADABLE', file, line);
    this.proofs.set(record.id, record.sha256);
    const { sha256, sharedFromId: fromId } = record;
    if (fromId) this.shared.push({ fromId, sha256, file, line });
    else if (isSealed(record as Fields & { sha256: string })) this.sealed += 1;
    else this.findings.add('EVIDENCE', 'SEAL_BROKEN', file, line, { id: record.id });
  }

  /** What drills say of systems that cannot do without the drilled one has the digest of the drill (docs/adr/0042). All evidence has been read before. */
  sharedEvidence(): void {
    for (const { fromId, sha256, file, line } of this.shared) {
      const drill = this.proofs.get(fromId);
      if (drill === undefined) this.elsewhere += 1;
      else if (drill !== sha256) this.findings.add('EVIDENCE', 'SEAL_BROKEN', file, line, { id: String(fromId) });
      else this.sealed += 1;
    }
  }

  /** Policies, systems and evidence have been read before. */
  obligation(record: Fields, file: string, line: number): void {
    const { policyId, evidenceId, systemId } = record;
    this.obligations += 1;
    const missing = (
      fault: Parameters<Findings['add']>[1],
      id: unknown,
      known: { has(id: unknown): boolean },
    ): void => {
      if (id !== null && !known.has(id)) this.findings.add('REFERENCES', fault, file, line, { id: String(id) });
    };
    missing('POLICY_MISSING', policyId, this.policies);
    missing('EVIDENCE_MISSING', evidenceId, this.proofs);
    missing('SYSTEM_MISSING', systemId, this.systems);
  }

  event(record: Fields, file: string, line: number): void {
    const add = (fault: Parameters<Findings['add']>[1], params?: Record<string, string | number>): void =>
      this.findings.add('AUDIT', fault, file, line, params);
    if (!isEvent(record)) return add('LINE_UNREADABLE');
    const { seq, previous, hash, event } = record;
    const { last } = this;
    this.events += 1;
    this.last = record;
    if (hashAfter({ seq: seq - 1, hash: previous }, seq, digestOf(event)) !== hash)
      return add('EVENT_ALTERED', { seq });
    if (last && seq <= last.seq) return add('EVENT_MOVED', { seq, before: last.seq });
    const before = last && seq === last.seq + 1 ? last.hash : seq === 1 ? START.hash : null;
    if (before === null) this.gaps += 1;
    else if (before !== previous) return add('CHAIN_BROKEN', { seq });
    if (this.chain && seq === this.chain.seq && hash !== this.chain.hash) return add('CHAIN_BROKEN', { seq });
    if (seq > (this.chain?.seq ?? 0)) return add('BEYOND_END', { seq, end: this.chain?.seq ?? 0 });
    this.compare(event, file, line);
  }

  /** What the audit event of a proof says of its digest must be so in the pack. */
  private compare(text: string, file: string, line: number): void {
    const event = JSON.parse(text) as unknown[];
    if (!SAY_THE_DIGEST.includes(event[ACTION])) return;
    const known = this.proofs.get(event[RECORD_ID]);
    const told = (event[AFTER] as { sha256?: unknown } | null)?.sha256;
    if (known !== undefined && typeof told === 'string' && told !== known)
      this.findings.add('EVIDENCE', 'OTHER_THAN_RECORDED', file, line, { id: String(event[RECORD_ID]) });
  }
}

function isEvent(record: Fields): record is Fields & PackedEvent {
  const { seq, previous, hash, event } = record;
  if (typeof previous !== 'string' || typeof hash !== 'string' || typeof event !== 'string') return false;
  if (!Number.isSafeInteger(seq) || (seq as number) < 1) return false;
  try {
    return Array.isArray(JSON.parse(event));
  } catch {
    return false;
  }
}
