import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor } from '../../access/actor';
import { requireNamedOrganisation } from '../../access/references/organisation-reference';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { newId } from '../../platform/database/id';
import { fieldProblem } from '../../platform/http/problem';
import { validationPipe } from '../../platform/http/validation';
import { JobQueue } from '../../platform/queue/job-queue';
import { ImportFileOptions, ImportMapping, type ImportMappingTemplate } from './dto/import-mapping.request';
import { StartImportRequest } from './dto/import.request';
import { InspectionResponse } from './dto/inspection.response';
import { IMPORT_JOB } from './import-handler';
import { ImportProfilesService } from './profiles/import-profiles.service';
import { ImportRun } from './import-run.entity';
import { storable } from './reading/cell-text';
import { inspectTable } from './reading/inspect-table';
import { importErrorOf, withRegister } from './run/opened-register';
import type { Upload } from '../../platform/http/upload/upload';

/** Takes registers in; the work on them is done by a job. */
@Injectable()
export class ImportsService {
  private readonly pipe = validationPipe();

  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly jobs: JobQueue,
    private readonly profiles: ImportProfilesService,
  ) {}

  /** What a file holds; nothing is kept. @throws Problem 422 about `file` when it cannot be read as a table. */
  async inspect({ content, fields }: Upload): Promise<InspectionResponse> {
    const options = await this.checked(ImportFileOptions, fields);
    try {
      return await withRegister([content], options, inspectTable);
    } catch (error) {
      const refusal = importErrorOf(error);
      throw refusal ? fieldProblem(422, refusal.field, refusal.code, storable(refusal.params)) : error;
    }
  }

  /**
   * Keeps an upload and asks the worker to import it. Returns its id.
   * @throws Problem 400 for a mapping that is none, 403 or 422 for an organisation that the person does not import for.
   */
  async start(actor: Actor, { fileName, content, fields }: Upload): Promise<string> {
    const mappingJson = fields.mapping;
    const request = await this.checked(StartImportRequest, {
      ...fields,
      ...(mappingJson !== undefined && { mapping: parsed(mappingJson) }),
    });
    const mapping = await this.mappingOf(actor, request);
    const { organisationId } = mapping;
    const id = newId();
    await this.dataSource.transaction(async (m) => {
      await requireNamedOrganisation(m, actor, 'systems:import', organisationId, 'mapping.organisationId');
      const facts = {
        dryRun: request.dryRun ?? false,
        fileName,
        sha256: createHash('sha256').update(content).digest('hex'),
        organisationId,
      };
      await m.insert(ImportRun, {
        ...facts,
        id,
        status: 'QUEUED',
        content,
        mapping: mapping as never,
        createdById: actor.userId,
        createdAt: this.clock.now(),
      });
      await this.audit.record(m, actor, {
        action: 'import.requested',
        recordType: 'import',
        recordId: id,
        organisationId,
        after: { ...facts, ...(request.profileId !== undefined && { profileId: request.profileId }) },
      });
    });
    await this.jobs.add(IMPORT_JOB, { importId: id }, `import-${id}`);
    return id;
  }

  /** The mapping sent along, or else that of the profile, for the organisation sent along. */
  private async mappingOf(
    actor: Actor,
    { mapping, profileId, organisationId }: StartImportRequest,
  ): Promise<ImportMapping> {
    const profile = profileId === undefined ? undefined : await this.profiles.get(actor, profileId);
    const base: (Partial<ImportMapping> & ImportMappingTemplate) | undefined = mapping ?? profile?.mapping;
    if (!base) throw fieldProblem(400, 'mapping', 'REQUIRED');
    const root = organisationId ?? base.organisationId;
    if (root === undefined) throw fieldProblem(400, 'organisationId', 'REQUIRED');
    return { ...base, organisationId: root };
  }

  private async checked<T extends object>(type: new () => T, fields: Record<string, unknown>): Promise<T> {
    return this.pipe.transform(fields, { type: 'body', metatype: type }) as Promise<T>;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw fieldProblem(400, 'mapping', 'NOT_JSON');
  }
}
