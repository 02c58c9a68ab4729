import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { ObligationState } from '../core/obligation/obligation';
import { Clock } from '../platform/clock/clock';
import { Config } from '../platform/config/config';
import { canonicalJson } from '../platform/database/canonical-json';
import { Assessment, assessSystem } from './ledger/assess-system';
import { FactsOfSystem, loadFacts, lockSystems, PolicyCache } from './ledger/obligation-facts';
import {
  insertObligations,
  insertTransitions,
  updateObligations,
  upsertReadiness,
} from './ledger/obligation-statements';
import { Obligation } from './obligation.entity';

/**
 * What a refresh did to one obligation: another state, or (both alike) the same state resting on other evidence. `fromState` is null for a
 * new duty, `toState` null for one no longer owed.
 */
export interface StateChange {
  obligationId: string;
  systemId: string;
  ruleKey: string;
  dutyOf: string;
  policyId: string;
  fromState: ObligationState | null;
  toState: ObligationState | null;
  dueOn: string | null;
  evidenceId: string | null;
}

/** How many systems one transaction assesses at most; a change that touches more is done in pages (docs/adr/0010). */
export const PAGE = 500;

/** The only writer of obligations, of the stored verdicts and of transitions. Whoever changes a fact calls it inside the same transaction. */
@Injectable()
export class ObligationLedger {
  private readonly policies = new PolicyCache();

  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Derives the duties of these systems anew from the facts and writes what differs, in a fixed number of statements.
   * @returns what changed its state.
   */
  async refresh(m: EntityManager, systemIds: readonly string[]): Promise<StateChange[]> {
    if (systemIds.length === 0) return [];
    await lockSystems(m, systemIds);
    // Only now: by an earlier instant, what the writer we waited for has proved would lie in the future.
    const moment = { asOf: this.clock.now(), timeZone: this.config.TZ_DEFAULT };
    const facts = await loadFacts(m, systemIds, moment.asOf);
    const policies = await this.policies.load(
      m,
      facts.flatMap(({ policyId }) => policyId ?? []),
    );
    const assessed = facts.map((of) => ({
      of,
      assessment: assessSystem(of, (of.policyId && policies.get(of.policyId)) || null, moment),
    }));
    return this.write(m, assessed, moment.asOf);
  }

  /** Assesses every system anew, page by page, each page in a transaction of its own; used by `cli rebuild` and after a policy change. */
  async refreshAll(m: EntityManager, organisationId: string | null = null): Promise<number> {
    let after = '00000000-0000-0000-0000-000000000000';
    let total = 0;
    for (;;) {
      const page: { id: string }[] = await m.query(
        `SELECT s.id FROM system s WHERE s.id > $1 AND ($2::uuid IS NULL OR s.organisation_id IN
           (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = $2::uuid)) ORDER BY s.id LIMIT ${PAGE}`,
        [after, organisationId],
      );
      const last = page.at(-1);
      if (!last) return total;
      await m.transaction((inner) =>
        this.refresh(
          inner,
          page.map(({ id }) => id),
        ),
      );
      total += page.length;
      after = last.id;
    }
  }

  private async write(
    m: EntityManager,
    assessed: { of: FactsOfSystem; assessment: Assessment }[],
    at: Date,
  ): Promise<StateChange[]> {
    const inserted: Obligation[] = [];
    const updated: Obligation[] = [];
    const gone: Obligation[] = [];
    const changes: StateChange[] = [];
    for (const { of, assessment } of assessed) {
      const stored = new Map(of.stored.map((row) => [row.id, row]));
      for (const row of assessment.obligations) {
        const before = stored.get(row.id);
        stored.delete(row.id);
        if (!before) inserted.push(row);
        else if (!sameRow(before, row)) updated.push(row);
        if (before?.state !== row.state || before.evidenceId !== row.evidenceId)
          changes.push(change(row, before?.state ?? null, row.state));
      }
      for (const row of stored.values()) {
        gone.push(row);
        changes.push(change(row, row.state, null));
      }
    }
    if (gone.length > 0) await m.query('DELETE FROM obligation WHERE id = ANY($1::uuid[])', [gone.map(({ id }) => id)]);
    await insertObligations(m, inserted);
    await updateObligations(m, updated);
    await upsertReadiness(
      m,
      assessed.map(({ assessment }) => assessment.readiness),
    );
    await insertTransitions(
      m,
      changes.filter(({ fromState, toState }) => fromState !== toState),
      at,
    );
    return changes;
  }
}

const change = (row: Obligation, fromState: ObligationState | null, toState: ObligationState | null): StateChange => ({
  obligationId: row.id,
  systemId: row.systemId,
  ruleKey: row.ruleKey,
  dutyOf: row.dutyOf,
  policyId: row.policyId,
  fromState,
  toState,
  dueOn: row.dueOn,
  evidenceId: row.evidenceId,
});

/** Rows are equal when every column is; JSON columns come back from PostgreSQL with their keys in another order. */
function sameRow(a: Obligation, b: Obligation): boolean {
  return (Object.keys(b) as (keyof Obligation)[]).every(
    (column) => canonicalJson(a[column]) === canonicalJson(b[column]),
  );
}
