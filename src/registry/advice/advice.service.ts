import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import { requireNamedOrganisation } from '../../access/references/organisation-reference';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import type { AuditAction } from '../../audit/audit-actions';
import { AuditLog } from '../../audit/audit-log';
import { localDate } from '../../core/time/zone';
import { tellPeople } from '../../obligations/notices/tell-people';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { type FieldProblem, fieldProblem, Problem } from '../../platform/http/problem';
import { itemCondition, ORGANISATION_OF_ITEM } from '../improvements/checking/item-access';
import { answeringCondition, readingCondition } from './advice-access';
import { AdviceRequest } from './advice-request.entity';
import type { AskAdviceRequest } from './dto/advice.request';

/** Advice that organisations ask of the ministry above them; both sides are told with their digest. */
@Injectable()
export class AdviceService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Asks the nearest ministry above. Returns the id of the request.
   * @throws Problem 422 for an organisation, system or improvement item that may not be seen or is not the organisation's, and a day in the past;
   *   403 where the person may only look; 409 NO_MINISTRY_ABOVE.
   */
  async ask(actor: Actor, request: AskAdviceRequest): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      const { organisationId, systemId = null, improvementItemId = null, title, question, dueOn = null } = request;
      await requireNamedOrganisation(m, actor, 'advice:ask', organisationId, 'organisationId');
      await requireSubjects(m, actor, request);
      const now = this.clock.now();
      if (dueOn && dueOn < localDate(now, this.config.TZ_DEFAULT)) throw fieldProblem(422, 'dueOn', 'IN_THE_PAST');
      const ministryId = await ministryAbove(m, organisationId);
      const id = newId();
      const said = { organisationId, ministryId, systemId, improvementItemId, title, dueOn };
      await m.insert(AdviceRequest, { id, ...said, question, askedById: actor.userId, askedAt: now });
      await this.record(m, actor, 'advice.asked', id, organisationId, { ...said, question });
      const about = { systemId, systemCount: 1, organisationIds: [organisationId], path: `/advice/${id}`, note: title };
      const people = await whoAnswers(m, ministryId);
      await tellPeople(
        m,
        people.map((userId) => ({ userId, kind: 'ADVICE_ASKED', occurrence: id, ...about, createdAt: now })),
      );
      return id;
    });
  }

  /** Answers for the ministry. @throws Problem 404, 403, 409 OWN_REQUEST for who asked, ADVICE_ENDED when it is no longer open. */
  async answer(actor: Actor, id: string, answer: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { request, answers } = await this.open(m, actor, id);
      if (!answers) throw new Problem(403, 'NOT_ALLOWED', { params: { permission: 'advice:answer' } });
      if (request.askedById === actor.userId) throw new Problem(409, 'OWN_REQUEST');
      if (request.status !== 'OPEN') throw new Problem(409, 'ADVICE_ENDED');
      const { organisationId, systemId, askedById: userId, title } = request;
      const now = this.clock.now();
      const answered = { status: 'ANSWERED', answer, answeredById: actor.userId, answeredAt: now } as const;
      await m.update(AdviceRequest, { id }, answered);
      await this.record(m, actor, 'advice.answered', id, organisationId, { answer });
      const about = { systemId, systemCount: 1, organisationIds: [organisationId], path: `/advice/${id}`, note: title };
      await tellPeople(m, [{ userId, kind: 'ADVICE_ANSWERED', occurrence: id, ...about, createdAt: now }]);
    });
  }

  /** Takes one's own question back. @throws Problem 403 for everybody else, 409 ADVICE_ENDED when it is no longer open. */
  async withdraw(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { request } = await this.open(m, actor, id);
      if (request.askedById !== actor.userId) throw new Problem(403, 'NOT_YOUR_REQUEST');
      if (request.status !== 'OPEN') throw new Problem(409, 'ADVICE_ENDED');
      await m.update(AdviceRequest, { id }, { status: 'WITHDRAWN', withdrawnAt: this.clock.now() });
      await this.record(m, actor, 'advice.withdrawn', id, request.organisationId, { status: 'WITHDRAWN' });
    });
  }

  private async open(
    m: EntityManager,
    actor: Actor,
    id: string,
  ): Promise<{ request: AdviceRequest; answers: boolean }> {
    const parameters = new SqlParameters();
    const [found] = await m.query<{ answers: boolean }[]>(
      `SELECT ${answeringCondition(actor, parameters)} AS answers FROM advice_request a
       WHERE a.id = ${parameters.bind(id)} AND ${readingCondition(actor, parameters)} FOR NO KEY UPDATE`,
      parameters.values,
    );
    if (!found) throw new Problem(404, 'ADVICE_NOT_FOUND');
    return { request: await m.findOneByOrFail(AdviceRequest, { id }), answers: found.answers };
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    recordId: string,
    organisationId: string,
    after: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(m, actor, { action, recordType: 'advice_request', recordId, organisationId, after });
  }
}

/** The ministry that supervises: the nearest above. */
async function ministryAbove(m: EntityManager, organisationId: string): Promise<string> {
  const [ministry] = await m.query<{ id: string }[]>(
    `SELECT o.id FROM organisation_closure c JOIN organisation o ON o.id = c.ancestor_id AND o.kind = 'MINISTRY'
     WHERE c.organisation_id = $1 AND c.depth > 0 ORDER BY c.depth LIMIT 1`,
    [organisationId],
  );
  if (!ministry) throw new Problem(409, 'NO_MINISTRY_ABOVE');
  return ministry.id;
}

/** Whoever answers for the ministry, and where nobody does, its administrators. */
async function whoAnswers(m: EntityManager, ministryId: string): Promise<string[]> {
  const rows = await m.query<{ id: string; role: string }[]>(
    `SELECT DISTINCT r.user_id AS id, r.role FROM role_assignment r
     WHERE r.organisation_id = $1 AND r.role IN ('CISO_OFFICE','ADMIN') ORDER BY 1`,
    [ministryId],
  );
  const office = rows.filter(({ role }) => role === 'CISO_OFFICE');
  return (office.length > 0 ? office : rows).map(({ id }) => id);
}

/** What a question is about belongs to who asks, and may be seen by the person: naming it tells the ministry of it. */
async function requireSubjects(m: EntityManager, actor: Actor, request: AskAdviceRequest): Promise<void> {
  const { organisationId, systemId = null, improvementItemId = null } = request;
  const parameters = new SqlParameters();
  const within = (column: string): string =>
    `${column} IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${parameters.bind(organisationId)})`;
  const owners = ['s.owner_id', 's.deputy_id'];
  const readable = scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', owners);
  const [known] = await m.query<{ system: boolean; item: boolean }[]>(
    `SELECT EXISTS (SELECT FROM system s
         WHERE s.id = ${parameters.bind(systemId)}::uuid AND ${within('s.organisation_id')} AND ${readable}) AS system,
       EXISTS (SELECT FROM improvement_item i LEFT JOIN system s ON s.id = i.system_id WHERE i.id = ${parameters.bind(improvementItemId)}::uuid
         AND ${within(ORGANISATION_OF_ITEM)} AND ${itemCondition(actor, 'systems:read', parameters)}) AS item`,
    parameters.values,
  );
  const errors: FieldProblem[] = [
    ...(systemId && !known?.system ? [{ field: 'systemId', code: 'NOT_FOUND' }] : []),
    ...(improvementItemId && !known?.item ? [{ field: 'improvementItemId', code: 'NOT_FOUND' }] : []),
  ];
  if (errors.length > 0) throw new Problem(422, 'INVALID_FIELDS', { errors });
}
