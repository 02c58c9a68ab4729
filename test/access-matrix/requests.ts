import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import { writePack } from '../../src/registry/policies/packs/policy-pack';
import type { Ask } from '../support/client';
import { csvOf } from '../support/imports';
import type { Operation, Schema } from '../support/operations/operation';
import { sampleOf, type SampleSource } from '../support/operations/sample';
import { mappingFor, type Records } from './records';
import { unreportedDay } from './report-records';

/** What the least body of the schema does not say well enough for the operation to succeed, by operation. */
const BODIES: Readonly<Record<string, (records: Records) => object | Promise<object>>> = {
  'PATCH /me': () => ({ locale: 'ja' }),
  'PUT /security-settings': () => ({ secondFactorRoles: [] }),
  'POST /api-tokens': () => ({ name: 'made', scopes: ['systems:read'], expiresOn: '2027-01-31' }),
  'POST /calendar-feeds': () => ({ locale: 'ja' }),
  'POST /users': ({ organisationId }) => ({
    displayName: 'made',
    email: 'made@sonae.example',
    roles: [{ role: 'OWNER', organisationId }],
  }),
  'PUT /users/{id}/roles': ({ organisationId }) => ({
    roles: [{ role: 'MANAGER', organisationId }],
  }),
  'PUT /oidc/group-mappings': ({ organisationId }) => ({
    mappings: [{ group: 'made', role: 'OWNER', organisationId }],
  }),
  'PATCH /organisations/{id}': () => ({ nameEn: 'made' }),
  'PATCH /systems/{id}': () => ({ supplier: 'made' }),
  'POST /systems/{id}/hand-over': ({ app, home }) => ({ ownerId: app.world.people[home.manager] }),
  'POST /users/{id}/hand-over': async (records) => ({
    toId: records.app.world.people[records.home.manager],
    systemIds: [await records.system()],
  }),
  'POST /systems/bulk-edit/preview': async (records) => ({
    systemIds: [await records.system()],
    change: { supplier: 'made' },
  }),
  'POST /systems/bulk-edit': async (records) => ({
    systems: [{ id: await records.system(), version: 1 }],
    change: { supplier: 'made' },
  }),
  'PATCH /backup-requirements/{id}': () => ({ method: 'made' }),
  'POST /policies': async (records) => ({ organisationId: await records.organisation() }),
  'POST /policies/packs': async (records) => ({
    organisationId: await records.organisation(),
    pack: writePack(DEFAULT_POLICY, 'made'),
  }),
  'POST /import-profiles': ({ organisationId }) => ({ name: 'made', mapping: mappingFor(organisationId) }),
  'POST /backup-requirements/approve': async (records) => ({
    requirements: [{ id: await records.of('/backup-requirements/{id}'), version: 1 }],
  }),
  'POST /systems/{id}/backup-requirements': () => ({
    ...{ dataset: 'made', method: 'full', interval: 'P1D', retention: 'P30D', rpo: 'P1D' },
    copies: [{ site: '東京', medium: 'disk' }],
  }),
  'POST /backup-requirements/{id}/inlets': () => ({ ...INLET, name: 'made' }),
  'PATCH /inlets/{id}': () => ({ grace: 'PT3H' }),
  'POST /inlets/{id}/accept-size': () => ({ reason: 'made' }),
  'POST /me/inbox/read': () => ({ through: '2026-11-20T00:00:00Z' }),
  'POST /obligations/{id}/snoozes': () => ({ reason: 'made', untilOn: '2026-11-25' }),
  'POST /channels': ({ organisationId }) => ({ ...CHANNEL, organisationId, name: 'made' }),
  'PATCH /channels/{id}': () => ({ paused: true }),
  'POST /backup-profiles': (records) => ({
    ...{ organisationId: records.organisationId, name: records.name(), method: 'full', interval: 'P1D' },
    ...{ retention: 'P30D', rpo: 'P1D', copies: [{ site: '東京', medium: 'disk' }] },
  }),
  'PATCH /backup-profiles/{id}': () => ({ method: 'made' }),
  'POST /backup-profiles/{id}/preview': () => ({ method: 'made' }),
  'POST /backup-profiles/{id}/attach': async (records) => ({ systemIds: [await records.system()], dataset: 'made' }),
  'POST /procedures/{id}/reviews': () => ({ outcome: 'PASSED', performedOn: '2026-11-22' }),
  'POST /backup-requirements/{id}/reviews': () => ({ outcome: 'PASSED', performedOn: '2026-11-22' }),
  'POST /systems/{id}/evidence': () => proof,
  'POST /obligations/{id}/waivers': () => ({ reason: 'made', compensatingMeasure: 'made', expiresOn: '2026-12-31' }),
  'POST /reports': ({ organisationId }) => ({ organisationId, periodKind: 'MONTH', on: unreportedDay() }),
  'POST /advice': ({ organisationId }) => ({ organisationId, title: 'made', question: 'made' }),
  'POST /improvements': async (records) => ({ source: 'AUDIT', title: 'made', systemId: await records.system() }),
  'PATCH /improvements/{id}': () => ({ title: 'made' }),
  'POST /improvements/{id}/progress': () => ({ text: 'made' }),
  'POST /improvements/{id}/split': async (records) => ({ parts: [{ organisationId: await records.organisation() }] }),
  'POST /improvements/{id}/close': () => ({ note: 'made' }),
  'POST /improvements/{id}/cancel': () => ({ reason: 'made' }),
  'PUT /systems/{id}/dependencies': () => ({ dependsOn: [] }),
  'POST /systems/{id}/drills': () => ({ ...drill, participants: [] }),
  'PATCH /drills/{id}': () => ({ title: 'made' }),
  'PATCH /drill-runs/{id}': () => ({ checkObserved: 'made' }),
  'POST /drill-runs/{id}/complete': () => ({ outcome: 'PARTIAL' }),
  'POST /systems/{id}/outages': () => ({ title: 'made', startedAt: '2026-11-22T22:00:00Z', plannedMinutes: 60 }),
  'POST /systems/{id}/restore-tests': () => restored,
  'POST /evidence/{id}/supersede': () => ({ ...proof, reason: 'made' }),
};

/** A mail, since what is tried must not leave this machine. */
const CHANNEL = { kind: 'MAIL', locale: 'ja', address: 'made@sonae.example' };
const INLET = { timeZone: 'Asia/Tokyo', scheduleKind: 'CRON', schedule: '30 2 * * *', grace: 'PT1H' };

const proof = {
  ...{ kind: 'RESTORE_TEST', outcome: 'PASSED', strength: 'RESTORED' },
  performedAt: '2026-11-22T06:00:00Z',
};

const drill = { title: 'made', type: 'TABLETOP', scheduledAt: '2026-12-15T01:00:00Z', plannedMinutes: 120 };

const restored = {
  ...{ restored: 'made', fromCopy: 'made' },
  ...{ startedAt: '2026-11-22T05:00:00Z', finishedAt: '2026-11-22T06:00:00Z' },
};

/** A request for an operation that succeeds for who may: real ids in path, query and body, and a version. */
export async function requestFor(
  operation: Operation,
  records: Records,
  schemas: Record<string, Schema>,
): Promise<Ask & { path: string }> {
  await records.tidy();
  const { name, path, parameters, body } = operation;
  const id = path.includes('{id}') ? await records.of(path) : '';
  const source = sourceFor(records, schemas);
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map((parameter) => `${parameter.name}=${String(sampleOf(parameter.schema, source, parameter.name))}`);
  const filled = path.replace('{id}', id).replace('{key}', 'restore') + (query.length > 0 ? `?${query.join('&')}` : '');
  const headers: Record<string, string> = parameters.some((parameter) => parameter.name.toLowerCase() === 'if-match')
    ? { 'if-match': '"1"' }
    : {};
  if (!body) return { path: filled, headers };
  const content = (await BODIES[name]?.(records)) ?? (sampleOf(body.schema, source) as object);
  if (body.type === 'multipart/form-data') return { path: filled, headers, body: form(records, name) };
  if (body.type === 'application/x-www-form-urlencoded')
    return {
      path: filled,
      headers: { ...headers, 'content-type': body.type },
      body: new URLSearchParams(content as Record<string, string>).toString(),
    };
  return { path: filled, headers, body: content };
}

/** What samples take from the records: the organisation that they are made in. */
export function sourceFor(records: Records, schemas: Record<string, Schema>): SampleSource {
  return { schemas, known: (field) => KNOWN[field]?.(records) };
}

const KNOWN: Readonly<Record<string, (records: Records) => unknown>> = {
  organisationId: ({ organisationId }) => organisationId,
  parentId: ({ organisationId }) => organisationId,
  file: () => '',
  code: (records) => records.code(),
};

function form({ organisationId }: Records, name: string): FormData {
  const body = new FormData();
  if (name === 'POST /imports/systems') {
    body.set('mapping', JSON.stringify(mappingFor(organisationId)));
    body.set('dryRun', 'true');
  }
  body.set('file', new Blob([csvOf(['code', 'name'], ['X-1', 'made']) as never]), 'made.csv');
  return body;
}
