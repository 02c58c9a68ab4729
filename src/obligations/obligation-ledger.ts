import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { type Moment, ObligationState, present } from '../core/obligation/obligation';
import { Clock } from '../platform/clock/clock';
import { Config } from '../platform/config/config';
import { sameJson } from '../platform/database/canonical-json';
import { assessItems, TIER_OF_ORGANISATIONS } from './ledger/assess-items';
import { afterNews, type Judged } from './ledger/news/after-news';
import type { News } from './ledger/news/assess-news';
import { assessSystem } from './ledger/assess-system';
import { bothOf, inLanes, inTurns, laneOf } from './ledger/lanes';
import {
  type FactsOfSystem,
  loadFacts,
  loadOwnFacts,
  loadSystems,
  lockSystems,
  PolicyCache,
  type PolicyInForce,
  StoredObligation,
  type SystemInForce,
} from './ledger/obligation-facts';
import {
  insertObligations,
  insertTransitions,
  updateObligations,
  upsertReadiness,
} from './ledger/obligation-statements';
import { type FindingsOfRequirement, otherFindings, updateFindings } from './ledger/requirement-findings';
import { Obligation } from './obligation.entity';

/**
 * What a refresh did to one obligation: another state, or (both alike) the same state resting on other evidence. `fromState` is null for a
 * new duty, `toState` null for one no longer owed.
 */
export interface StateChange {
  obligationId: string;
  systemId: string | null;
  ruleKey: string;
  dutyOf: string;
  policyId: string | null;
  fromState: ObligationState | null;
  toState: ObligationState | null;
  dueOn: string | null;
  evidenceId: string | null;
  /** The evidence that it rested on before. */
  evidenceBefore: string | null;
}

/** How many systems one transaction assesses at most; a change that touches more is done in pages (docs/adr/0010). */
export const PAGE = 500;

/** The only writer of obligations, of the stored verdicts and findings, and of transitions. Whoever changes a fact calls it inside the same transaction. */
@Injectable()
export class ObligationLedger {
  private readonly policies = new PolicyCache();

  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Derives the duties of these systems anew from the facts and writes what differs, in a fixed number of statements.
   * @param news what has happened to them, where nothing else has: only what it is about is judged.
   * @returns what changed its state.
   */
  async refresh(m: EntityManager, systemIds: readonly string[], news: News | null = null): Promise<StateChange[]> {
    if (systemIds.length === 0) return [];
    return this.store(m, await judge(await this.read(m, systemIds, news)));
  }

  /** The same for any number of systems, page by page: while a page is written, the next one is judged. */
  async refreshPages(m: EntityManager, systemIds: readonly string[]): Promise<StateChange[]> {
    const changes: StateChange[] = [];
    let judged: JudgedPage | null = null;
    for (let from = 0; from < systemIds.length; from += PAGE) {
      const page: ReadPage = await this.read(m, systemIds.slice(from, from + PAGE), null);
      const [stored, next]: [StateChange[], JudgedPage] = await bothOf(
        judged ? this.store(m, judged) : Promise.resolve([]),
        judge(page),
      );
      changes.push(...stored);
      judged = next;
    }
    return judged ? [...changes, ...(await this.store(m, judged))] : changes;
  }

  /** The same for what organisations owe for themselves and no system of theirs: their improvement items. */
  async refreshOrganisations(m: EntityManager, organisationIds: readonly string[]): Promise<StateChange[]> {
    if (organisationIds.length === 0) return [];
    const facts = await loadOwnFacts(m, organisationIds);
    const moment = { asOf: this.clock.now(), timeZone: this.config.TZ_DEFAULT };
    const assessed = facts.map(({ organisationId, items, stored }) => {
      const known = new Map(stored.map((row) => [row.dutyOf, row]));
      const owing = { systemId: null, organisationId, tier: TIER_OF_ORGANISATIONS };
      return { stored, obligations: assessItems(items, owing, known, moment) };
    });
    return this.write(m, assessed, moment.asOf);
  }

  /** Assesses everything anew, systems page by page, each page in a transaction of its own; returns how many there were. Used by `cli rebuild` and after a policy change. */
  async refreshAll(m: EntityManager, organisationId: string | null = null): Promise<number> {
    const totals = await inLanes((lane) => this.refreshLane(m, organisationId, lane));
    const owing: { id: string }[] = await m.query(
      `SELECT id FROM organisation WHERE (id IN (SELECT organisation_id FROM improvement_item)
           OR id IN (SELECT organisation_id FROM obligation WHERE system_id IS NULL))
         AND ($1::uuid IS NULL OR id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = $1::uuid))`,
      [organisationId],
    );
    await m.transaction((inner) =>
      this.refreshOrganisations(
        inner,
        owing.map(({ id }) => id),
      ),
    );
    return totals.reduce((sum, total) => sum + total, 0);
  }

  private async refreshLane(m: EntityManager, organisationId: string | null, lane: number): Promise<number> {
    let after = '00000000-0000-0000-0000-000000000000';
    let total = 0;
    for (;;) {
      const page: { id: string }[] = await m.query(
        `SELECT s.id FROM system s WHERE s.id > $1 AND ${laneOf('s.id')} = $3 AND ($2::uuid IS NULL OR s.organisation_id IN
           (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = $2::uuid)) ORDER BY s.id LIMIT ${PAGE}`,
        [after, organisationId, lane],
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

  /** Locks a page of systems and reads what they are judged by; what some news is about is judged already. */
  private async read(m: EntityManager, systemIds: readonly string[], news: News | null): Promise<ReadPage> {
    await lockSystems(m, systemIds);
    // Only now: by an earlier instant, what the writer we waited for has proved would lie in the future.
    const moment = present(this.clock.now(), this.config.TZ_DEFAULT);
    const systems = await loadSystems(m, systemIds, moment.timeZone);
    const policies = await this.policies.load(
      m,
      systems.flatMap(({ policyId }) => policyId ?? []),
    );
    const inForce = ({ policyId }: Pick<SystemInForce, 'policyId'>): PolicyInForce | null =>
      (policyId && policies.get(policyId)) || null;
    const judged = news ? await afterNews(m, news, systems, inForce, moment) : new Map<string, Judged>();
    const rest = systems.filter(({ system }) => !judged.has(system.id));
    return { moment, inForce, judged: [...judged.values()], whole: await loadFacts(m, rest, moment.knownUntil) };
  }

  private async store(m: EntityManager, { judged, findings, at }: JudgedPage): Promise<StateChange[]> {
    const changes = await this.write(m, judged, at);
    await updateFindings(m, findings);
    await upsertReadiness(
      m,
      judged.map(({ readiness }) => readiness),
    );
    return changes;
  }

  private async write(
    m: EntityManager,
    assessed: readonly { stored: readonly StoredObligation[]; obligations: readonly Obligation[] }[],
    at: Date,
  ): Promise<StateChange[]> {
    const inserted: Obligation[] = [];
    const updated: Obligation[] = [];
    const gone: Obligation[] = [];
    const changes: StateChange[] = [];
    for (const { stored: before, obligations } of assessed) {
      const stored = new Map(before.map((row) => [row.id, row]));
      for (const row of obligations) {
        const last = stored.get(row.id);
        stored.delete(row.id);
        if (!last) inserted.push(row);
        else if (last !== row && !sameRow(last, row)) updated.push(row);
        if (last?.state !== row.state || last.evidenceId !== row.evidenceId) changes.push(change(row, last, row.state));
      }
      for (const row of stored.values()) {
        gone.push(row);
        changes.push(change(row, row, null));
      }
    }
    if (gone.length > 0) await m.query('DELETE FROM obligation WHERE id = ANY($1::uuid[])', [gone.map(({ id }) => id)]);
    await insertObligations(m, inserted);
    await updateObligations(m, updated);
    await insertTransitions(
      m,
      changes.filter(({ fromState, toState }) => fromState !== toState),
      at,
    );
    return changes;
  }
}

/** A page of systems as they are to be judged. */
interface ReadPage {
  moment: Required<Moment>;
  inForce: (of: Pick<SystemInForce, 'policyId'>) => PolicyInForce | null;
  judged: Judged[];
  whole: FactsOfSystem[];
}

/** A page of systems as they have been judged. */
interface JudgedPage {
  judged: Judged[];
  findings: FindingsOfRequirement[];
  at: Date;
}

async function judge({ moment, inForce, judged, whole }: ReadPage): Promise<JudgedPage> {
  const page: JudgedPage = { judged: [...judged], findings: [], at: moment.asOf };
  await inTurns(whole, (of) => {
    const policy = inForce(of);
    page.judged.push({ ...assessSystem(of, policy, moment), stored: of.stored });
    page.findings.push(...otherFindings(of, policy?.rules ?? null));
  });
  return page;
}

const change = (row: Obligation, last: Obligation | undefined, toState: ObligationState | null): StateChange => ({
  obligationId: row.id,
  systemId: row.systemId,
  ruleKey: row.ruleKey,
  dutyOf: row.dutyOf,
  policyId: row.policyId,
  fromState: last?.state ?? null,
  toState,
  dueOn: row.dueOn,
  evidenceId: row.evidenceId,
  evidenceBefore: last?.evidenceId ?? null,
});

/** Rows are equal when every column is. */
function sameRow(a: Obligation, b: Obligation): boolean {
  return (Object.keys(b) as (keyof Obligation)[]).every((column) => sameJson(a[column], b[column]));
}
