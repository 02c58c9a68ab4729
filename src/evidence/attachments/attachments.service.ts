import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import { personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { requireSystem } from '../../access/scope/system-access';
import { AuditLog } from '../../audit/audit-log';
import { judgeAttachment, MOST_ATTACHMENTS } from '../../core/attachment/attachment-type';
import { lockSystems } from '../../obligations/ledger/obligation-facts';
import { Clock } from '../../platform/clock/clock';
import { newId } from '../../platform/database/id';
import { fieldProblem, Problem } from '../../platform/http/problem';
import type { AttachmentResponse } from './attachment.response';
import { RestoreTestAttachment } from './attachment.entity';

const COLUMNS = `a.id, a.file_name AS "fileName", a.media_type AS "mediaType", octet_length(a.content) AS "sizeBytes", a.sha256,
  a.added_at AS "addedAt", ${personJson('u')} AS "addedBy"`;

/** Files beside restore tests (domain.md section 4). */
@Injectable()
export class AttachmentsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps a file beside a restore test; the same content twice is one. Returns its id.
   * @throws Problem 404, 403; 422 about `file` for what it is, 409 when there are as many as there may be.
   */
  async add(
    actor: Actor,
    testId: string,
    { fileName, content }: { fileName: string; content: Buffer },
  ): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      const systemId = await this.systemOf(m, actor, testId);
      const { organisationId } = await requireSystem(m, actor, 'backup-evidence:write', systemId);
      const judged = judgeAttachment(fileName, content);
      if ('fault' in judged) throw fieldProblem(422, 'file', judged.fault);
      // Two that come at once must not both be the fifth.
      await lockSystems(m, [systemId]);
      const sha256 = createHash('sha256').update(content).digest('hex');
      const kept = await m.query<{ id: string; sha256: string }[]>(
        'SELECT id, sha256 FROM restore_test_attachment WHERE restore_test_id = $1',
        [testId],
      );
      const same = kept.find((one) => one.sha256 === sha256);
      if (same) return same.id;
      if (kept.length >= MOST_ATTACHMENTS) throw fieldProblem(409, 'file', 'TOO_MANY', { limit: MOST_ATTACHMENTS });
      const row = { id: newId(), restoreTestId: testId, fileName, mediaType: judged.mediaType, sha256 };
      const addedAt = this.clock.now();
      await m.insert(RestoreTestAttachment, { ...row, content, addedById: actor.userId, addedAt });
      await this.audit.record(m, actor, {
        action: 'restore_test.file_added',
        recordType: 'restore_test',
        recordId: testId,
        organisationId,
        after: { ...row, sizeBytes: content.length },
      });
      return row.id;
    });
  }

  /** The files beside a restore test, the first first. @throws Problem 404 when it may not be seen. */
  async ofTest(actor: Actor, testId: string): Promise<AttachmentResponse[]> {
    await this.systemOf(this.dataSource.manager, actor, testId);
    return this.dataSource.query<AttachmentResponse[]>(
      `SELECT ${COLUMNS} FROM restore_test_attachment a JOIN app_user u ON u.id = a.added_by_id
       WHERE a.restore_test_id = $1 ORDER BY a.added_at, a.id`,
      [testId],
    );
  }

  /** A file with its content. @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<AttachmentResponse & { content: Buffer }> {
    const parameters = new SqlParameters();
    const [found] = await this.dataSource.query<(AttachmentResponse & { content: Buffer })[]>(
      `SELECT ${COLUMNS}, a.content FROM restore_test_attachment a JOIN app_user u ON u.id = a.added_by_id
       JOIN restore_test t ON t.id = a.restore_test_id JOIN system s ON s.id = t.system_id
       WHERE a.id = ${parameters.bind(id)} AND ${visible(actor, parameters)}`,
      parameters.values,
    );
    if (!found) throw new Problem(404, 'ATTACHMENT_NOT_FOUND');
    return found;
  }

  private async systemOf(m: EntityManager, actor: Actor, testId: string): Promise<string> {
    const parameters = new SqlParameters();
    const [test] = await m.query<{ systemId: string }[]>(
      `SELECT t.system_id AS "systemId" FROM restore_test t JOIN system s ON s.id = t.system_id
       WHERE t.id = ${parameters.bind(testId)} AND ${visible(actor, parameters)}`,
      parameters.values,
    );
    if (!test) throw new Problem(404, 'RESTORE_TEST_NOT_FOUND');
    return test.systemId;
  }
}

const visible = (actor: Actor, parameters: SqlParameters): string =>
  scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
