import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { type Actor, scopeOf } from '../actor';
import { scopeCondition, SqlParameters } from '../scope/scope-sql';
import { User } from '../user.entity';
import { administeredBy, requireAdmins, requireManageable } from './managed-people';

/** What the name becomes, in both languages: it is a name in every list. */
export const ERASED_NAME = '消去済み (erased)';
const MOST_NAMED = 5;

/** Tables whose rows are about the person alone and go with them. */
export const OWN_TABLES = [
  'user_session',
  'api_token',
  'oidc_identity',
  'totp_factor',
  'recovery_code',
  'passkey',
  'mail_link',
  'calendar_feed',
  'notice',
  'role_assignment',
] as const;

const WORDLESS_MAILS = `UPDATE mail SET to_address = NULL, subject = NULL, text = NULL, html = NULL, error = NULL, leased_until = NULL,
  status = CASE WHEN status IN ('QUEUED','SENDING','FAILED') THEN 'CANCELLED' ELSE status END WHERE recipient_id = $1`;

/**
 * The erasure of a person: nothing that says who they were is left, in the audit events neither, and the chain of these stays valid
 * (docs/adr/0023). The row stays without a name, so that proofs and decisions keep having been somebody's.
 */
@Injectable()
export class ErasureService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @param confirm the person's e-mail address, typed by the administrator.
   * @throws Problem 409 for oneself, 409 USER_OWNS_SYSTEMS naming systems that must be handed over first, 422 for another address or the
   *   last administrator.
   */
  async erase(actor: Actor, id: string, confirm: string): Promise<void> {
    if (id === actor.userId) throw new Problem(409, 'OWN_ACCOUNT');
    await this.dataSource.transaction(async (m) => {
      await requireManageable(m, actor, id);
      const person = await m.findOneOrFail(User, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (person.email !== confirm.trim().toLowerCase()) throw fieldProblem(422, 'confirm', 'NOT_THEIR_ADDRESS');
      await this.requireNothingOwned(m, actor, id);
      const administered = await administeredBy(m, id);
      await this.audit.record(m, actor, { action: 'user.erased', recordType: 'user', recordId: id });
      for (const table of OWN_TABLES) await m.query(`DELETE FROM ${table} WHERE user_id = $1`, [id]);
      await m.query(WORDLESS_MAILS, [id]);
      const now = this.clock.now();
      await m.update(User, id, {
        email: `${id}@erased.invalid`,
        displayName: ERASED_NAME,
        passwordHash: null,
        active: false,
        erasedAt: now,
        updatedAt: now,
        rowVersion: person.rowVersion + 1,
      });
      await requireAdmins(m, administered);
      await m.query('SELECT erase_audit_personal($1)', [id]);
    });
  }

  /** A system of the offices must not be left to nobody. Named are those that the actor may see. */
  private async requireNothingOwned(m: EntityManager, actor: Actor, id: string): Promise<void> {
    const parameters = new SqlParameters();
    const within = scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id');
    const systems = (await m.query(
      `SELECT CASE WHEN ${within} THEN s.name END AS name FROM system s
       WHERE ${parameters.bind(id)} IN (s.owner_id, s.deputy_id) AND s.lifecycle <> 'RETIRED' ORDER BY s.name`,
      parameters.values,
    )) as { name: string | null }[];
    if (systems.length === 0) return;
    const names = systems.flatMap(({ name }) => (name === null ? [] : [name])).slice(0, MOST_NAMED);
    throw new Problem(409, 'USER_OWNS_SYSTEMS', { params: { count: systems.length, names: names.join('、') } });
  }
}
