import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { creditDrill, outcomeAgainstRto } from '../core/evidence/drill-credit';
import type { Outcome } from '../core/evidence/evidence';
import { Evidence, type EvidenceSource } from '../evidence/records/evidence.entity';
import { Clock } from '../platform/clock/clock';
import { canonicalJson } from '../platform/database/canonical-json';
import { newId } from '../platform/database/id';
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
  ...{ sizeBasis: null, flags: [], run: null },
};

/** The way in for evidence from people: stored with its digest and, in the same transaction, counted by the ledger. */
@Injectable()
export class EvidenceIntake {
  constructor(
    private readonly ledger: ObligationLedger,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores proofs and refreshes the obligations of their systems. A drill or restore test slower than the system's RTO is stored as a failure.
   * @param supersedes the record that the (single) proof corrects.
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
    // Superseded first: the unique key on a run admits one live record of it.
    if (supersedes) await m.query('SET CONSTRAINTS fk_evidence_superseded_by DEFERRED');
    if (supersedes && rows[0]) await m.update(Evidence, { id: supersedes }, { supersededById: rows[0].id });
    await m.insert(Evidence, rows as never);
    return { evidenceIds: rows.map(({ id }) => id), changes: await this.ledger.refresh(m, systemIds) };
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
      creditedDrillType: facts.drill ? creditDrill(facts.drill) : null,
      sha256: createHash('sha256').update(canonicalJson(facts)).digest('hex'),
      supersededById: null,
    };
  }
}
