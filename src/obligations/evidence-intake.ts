import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { creditDrill, outcomeAgainstRto } from '../core/evidence/drill-credit';
import type { Outcome } from '../core/evidence/evidence';
import { Evidence, type EvidenceSource } from '../evidence/records/evidence.entity';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/id';
import { sealOfProof } from './intake/evidence-seal';
import { sharedDrills } from './intake/shared-drills';
import { ObligationLedger, StateChange } from './obligation-ledger';

/** A proof as it comes in; what is not said is null. */
export type NewEvidence = Pick<Evidence, 'systemId' | 'kind' | 'strength' | 'performedAt'> & {
  outcome: Outcome;
  performerId: string;
  source: Exclude<EvidenceSource, 'INLET'>;
} & Partial<
    Pick<
      Evidence,
      | 'backupRequirementId'
      | 'subject'
      | 'ruleKey'
      | 'recoveryPointAt'
      | 'measuredMinutes'
      | 'drill'
      | 'copyFacts'
      | 'tool'
      | 'runId'
      | 'note'
      | 'link'
      | 'recordedById'
      | 'recordedAt'
    >
  >;

const NO_RUN = {
  ...{
    usable: true,
    inletId: null,
    submissionId: null,
    startedAt: null,
    finishedAt: null,
    sizeBytes: null,
    storedBytes: null,
  },
  ...{ sizeBasis: null, flags: [], run: null, sharedFromId: null },
};

/** A statement takes no more values than those of about a thousand records. */
const MOST_ROWS = 500;
const pagesOf = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / MOST_ROWS) }, (_, page) =>
    rows.slice(page * MOST_ROWS, (page + 1) * MOST_ROWS),
  );

/** The way in for evidence from people: stored with its digest and, in the same transaction, counted by the ledger. */
@Injectable()
export class EvidenceIntake {
  constructor(
    private readonly ledger: ObligationLedger,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores proofs and refreshes the obligations of their systems. A drill or restore test slower than the system's RTO is stored as a failure. A drill
   * becomes a record also of each system that cannot do without the drilled one, which counts where its policy says so.
   * @param supersedes the record that the (single) proof corrects.
   * @returns what changed in the systems of the proofs themselves.
   */
  async take(
    m: EntityManager,
    proofs: readonly NewEvidence[],
    supersedes: string | null = null,
  ): Promise<{ evidenceIds: string[]; changes: StateChange[] }> {
    const systemIds = [...new Set(proofs.flatMap(({ systemId }) => systemId ?? []))];
    const targets = (await m.query('SELECT id, rto_minutes FROM system WHERE id = ANY($1::uuid[])', [systemIds])) as {
      id: string;
      rto_minutes: number | null;
    }[];
    const rto = new Map(targets.map((row) => [row.id, row.rto_minutes]));
    const rows = proofs.map((proof) => this.row(proof, rto.get(proof.systemId ?? '') ?? null));
    const shared = await sharedDrills(m, rows);
    const replaced = supersedes && rows[0] ? await this.supersede(m, supersedes, rows[0].id) : [];
    await m.insert(Evidence, rows as never);
    for (const page of pagesOf(shared)) await m.insert(Evidence, page as never);
    const touched = [...systemIds, ...replaced, ...shared.flatMap(({ systemId }) => systemId ?? [])];
    const changes = await this.ledger.refresh(m, [...new Set(touched)]);
    const own = new Set(systemIds);
    return {
      evidenceIds: rows.map(({ id }) => id),
      changes: changes.filter(({ systemId }) => own.has(systemId ?? '')),
    };
  }

  /** Puts `by` in the place of a record and of what it said of other systems, and gives these back. */
  private async supersede(m: EntityManager, id: string, by: string): Promise<string[]> {
    // Superseded first: the unique key on a run admits one live record of it.
    await m.query('SET CONSTRAINTS fk_evidence_superseded_by DEFERRED');
    const [rows] = await m.query<[{ systemId: string | null }[], number]>(
      `UPDATE evidence SET superseded_by_id = $2 WHERE id = $1 OR (shared_from_id = $1 AND superseded_by_id IS NULL)
       RETURNING system_id AS "systemId"`,
      [id, by],
    );
    return rows.flatMap(({ systemId }) => systemId ?? []);
  }

  private row(proof: NewEvidence, rtoMinutes: number | null): Evidence {
    const timed = proof.kind === 'DRILL' || proof.kind === 'RESTORE_TEST';
    const facts = {
      ...{ backupRequirementId: null, subject: null, ruleKey: null, recoveryPointAt: null, measuredMinutes: null },
      ...{ drill: null, copyFacts: null, tool: null, runId: null, note: null, link: null },
      ...proof,
    };
    return {
      ...NO_RUN,
      ...facts,
      id: newId(),
      recordedAt: proof.recordedAt ?? this.clock.now(),
      recordedById: proof.recordedById ?? proof.performerId,
      outcome: timed ? outcomeAgainstRto(facts.outcome, facts.measuredMinutes, rtoMinutes) : facts.outcome,
      recovered: timed ? facts.outcome !== 'FAILED' : null,
      creditedDrillType: facts.drill ? creditDrill(facts.drill) : null,
      sha256: sealOfProof(proof),
      supersededById: null,
    };
  }
}
