import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor } from '../../access/actor';
import { requireSystem } from '../../access/scope/system-access';
import { RED_STATES } from '../../core/obligation/obligation';
import { ObligationCounts, percentMet } from '../../core/readiness/roll-up';
import { Reason } from '../../core/readiness/reason';
import { Verdict, verdictOf, VERDICTS } from '../../core/readiness/system-verdict';
import { ObligationResponse } from '../../obligations/dto/obligation.response';
import { ObligationsQueries } from '../../obligations/obligations.queries';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { EffectiveVerdictQueries } from './effective/effective-verdict.queries';
import { ReadinessReason, SystemReadinessResponse } from './dto/readiness.response';

type Row = ObligationCounts & {
  verdict: Verdict | null;
  sentence: Reason;
  nextObligationId: string | null;
  policyId: string | null;
  version: number;
  organisationName: string;
};

/** More than any system owes: rules times backup requirements. */
const ALL = 1_000;
const OPEN = [...RED_STATES, 'UNKNOWN', 'DUE_SOON', 'WAIVED'] as const;

/** Why one system stands where it does. */
@Injectable()
export class SystemReadinessQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly obligations: ObligationsQueries,
    private readonly titles: RuleTitles,
    private readonly effective: EffectiveVerdictQueries,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 when the system may not be seen. */
  async get(actor: Actor, systemId: string): Promise<SystemReadinessResponse> {
    await requireSystem(this.dataSource.manager, actor, 'systems:read', systemId);
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT r.verdict, r.sentence, r.next_obligation_id AS "nextObligationId", r.policy_id AS "policyId", p.version,
         org.name AS "organisationName", r.applicable, r.met, r.due_soon AS "dueSoon", r.overdue, r.failed, r.unknown, r.waived
       FROM system_readiness r LEFT JOIN policy p ON p.id = r.policy_id LEFT JOIN organisation org ON org.id = p.organisation_id
       WHERE r.system_id = $1`,
      [systemId],
    );
    if (!row) throw new Error(`system ${systemId} has no stored verdict`);
    const { items } = await this.obligations.list(actor, { systemId, state: [...OPEN], limit: ALL });
    await this.titles.load([row.policyId]);
    const reasons = items.map(reasonOf).sort(worstFirst);
    const { applicable, met, dueSoon, overdue, failed, unknown, waived } = row;
    const counts = { applicable, met, dueSoon, overdue, failed, unknown, waived };
    return {
      systemId,
      asOf: this.clock.now(),
      verdict: row.verdict,
      sentence: this.obligations.render(actor, row.sentence, row.policyId),
      effective: await this.effective.ofSystem(actor, systemId),
      policy: row.policyId ? { id: row.policyId, version: row.version, organisationName: row.organisationName } : null,
      counts,
      percentMet: percentMet(counts),
      reasons,
      nextAction: reasons.find(({ obligationId }) => obligationId === row.nextObligationId) ?? null,
    };
  }
}

function reasonOf({
  id,
  ruleKey,
  ruleTitle,
  state,
  gating,
  since,
  owner,
  reason,
  dueOn,
  action,
}: ObligationResponse): ReadinessReason {
  return { obligationId: id, ruleKey, ruleTitle, state, gating, since, who: owner, reason, dueOn, action };
}

function worstFirst(a: ReadinessReason, b: ReadinessReason): number {
  const rank = (reason: ReadinessReason): number => VERDICTS.indexOf(verdictOf(reason));
  return rank(a) - rank(b) || (a.dueOn ?? '9999-12-31').localeCompare(b.dueOn ?? '9999-12-31');
}
