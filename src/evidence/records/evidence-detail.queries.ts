import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { SqlParameters } from '../../access/scope/scope-sql';
import { RuleTitles } from '../../obligations/rule-titles';
import { Problem } from '../../platform/http/problem';
import type {
  EvidenceDetailResponse,
  EvidenceRef,
  EvidenceSubmission,
  TurnedObligation,
} from './dto/evidence-detail.response';
import { EVIDENCE_COLUMNS, EVIDENCE_TABLES, scopeOfReader } from './evidence.queries';

/** JSON of the database holds instants as text. */
type Told<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] };
type Turned = Told<Omit<TurnedObligation, 'ruleTitle'>> & { policyId: string | null };
type Row = Omit<EvidenceDetailResponse, 'submission' | 'supersedes' | 'supersededBy' | 'turned'> & {
  submission: Told<EvidenceSubmission> | null;
  supersedes: Told<EvidenceRef>[];
  supersededBy: Told<EvidenceRef> | null;
  turned: Turned[];
};

const refJson = (alias: string): string =>
  `json_build_object('id', ${alias}.id, 'kind', ${alias}.kind, 'outcome', ${alias}.outcome, 'performedAt', ${alias}.performed_at,
     'recordedAt', ${alias}.recorded_at)`;

/** A run told again and again leaves a record each time. */
const MOST_SUPERSEDED = 50;

/** The first change of each obligation that the proof made: one that counts again after a correction has made its change before. */
const TURNED = `
  SELECT DISTINCT ON (t.obligation_id) t.obligation_id AS "obligationId", t.rule_key AS "ruleKey", o.policy_id AS "policyId",
    t.from_state AS "fromState", t.to_state AS "toState", t.at
  FROM obligation_transition t LEFT JOIN obligation o ON o.id = t.obligation_id
  WHERE t.system_id = e.system_id AND t.turned_by_id = e.id
  ORDER BY t.obligation_id, t.at, t.id`;

const DETAILS = `
  requirement.dataset, (SELECT r.id FROM restore_test r WHERE r.evidence_id = e.id) AS "restoreTestId",
  CASE WHEN sent.id IS NOT NULL THEN json_build_object('id', sent.id, 'receivedAt', sent.received_at, 'mediaType', sent.media_type,
    'length', sent.length, 'rawSha256', sent.raw_sha256, 'flags', sent.flags,
    'kept', EXISTS (SELECT FROM raw_payload raw WHERE raw.sha256 = sent.raw_sha256)) END AS submission,
  CASE WHEN later.id IS NOT NULL THEN ${refJson('later')} END AS "supersededBy",
  (SELECT coalesce(json_agg(${refJson('old')} ORDER BY old.recorded_at DESC, old.id DESC), '[]')
   FROM (SELECT * FROM evidence WHERE superseded_by_id = e.id ORDER BY recorded_at DESC, id DESC LIMIT ${MOST_SUPERSEDED}) old) AS supersedes,
  (SELECT coalesce(json_agg(turned ORDER BY turned.at, turned."obligationId"), '[]') FROM (${TURNED}) turned) AS turned`;

/** The drilled system and its record, for whoever may see it. */
const sharedFrom = (scope: string): string => `
  (SELECT json_build_object('evidenceId', drilled.id, 'system', json_build_object('id', shared_system.id, 'code', shared_system.code,
     'name', shared_system.name))
   FROM evidence drilled JOIN system shared_system ON shared_system.id = drilled.system_id
   WHERE drilled.id = e.shared_from_id AND ${scope}) AS "sharedFrom"`;

const TABLES = `${EVIDENCE_TABLES}
  LEFT JOIN backup_requirement requirement ON requirement.id = e.backup_requirement_id
  LEFT JOIN submission sent ON sent.id = e.submission_id LEFT JOIN evidence later ON later.id = e.superseded_by_id`;

/** Reads one proof with all that is known of it. */
@Injectable()
export class EvidenceDetailQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
  ) {}

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<EvidenceDetailResponse> {
    const parameters = new SqlParameters();
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT ${EVIDENCE_COLUMNS}, ${DETAILS}, ${sharedFrom(scopeOfReader(actor, parameters, 'shared_system'))}
       ${TABLES} WHERE e.id = ${parameters.bind(id)} AND ${scopeOfReader(actor, parameters)}`,
      parameters.values,
    );
    if (!row) throw new Problem(404, 'EVIDENCE_NOT_FOUND');
    const { submission, supersedes, supersededBy, turned, ...rest } = row;
    await this.titles.load(turned.map(({ policyId }) => policyId));
    return {
      ...rest,
      submission: submission && { ...submission, receivedAt: new Date(submission.receivedAt) },
      supersedes: supersedes.map(refOf),
      supersededBy: supersededBy && refOf(supersededBy),
      turned: turned.map(({ policyId, at, ...each }) => ({
        ...each,
        ruleTitle: this.titles.title(policyId, each.ruleKey, actor.locale),
        at: new Date(at),
      })),
    };
  }
}

const refOf = ({ performedAt, recordedAt, ...ref }: Told<EvidenceRef>): EvidenceRef => ({
  ...ref,
  performedAt: new Date(performedAt),
  recordedAt: new Date(recordedAt),
});
