// What an ORM makes of a report that is left to itself: entities found and saved one by one, in a transaction for each request. It knows one tool and keeps what the
// service keeps. With `JUDGE=true` the system is judged in the same transaction, by the rules and the statements of the service; without, the one obligation that the
// report is about is moved, and nothing is judged.
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { IsNull } from 'typeorm';
import { ENTITIES } from '../../../dist/entities.js';
import { Inlet } from '../../../dist/evidence/inlet/inlet.entity.js';
import { RawPayload } from '../../../dist/evidence/inlet/raw-payload.entity.js';
import { Submission } from '../../../dist/evidence/inlet/submission.entity.js';
import { Evidence } from '../../../dist/evidence/records/evidence.entity.js';
import { ObligationLedger } from '../../../dist/obligations/obligation-ledger.js';
import { Obligation } from '../../../dist/obligations/obligation.entity.js';
import { SystemReadiness } from '../../../dist/obligations/system-readiness.entity.js';
import { SystemClock } from '../../../dist/platform/clock/clock.js';
import { readConfig } from '../../../dist/platform/config/config.js';
import { buildDataSource } from '../../../dist/platform/database/data-source.js';

const dataSource = await buildDataSource({ url: process.env.DATABASE_URL }, ENTITIES).initialize();
const ledger = new ObligationLedger(new SystemClock(), readConfig({ NODE_ENV: 'test' }));
const judges = process.env.JUDGE === 'true';

const keep = (secret, body, address) =>
  dataSource.transaction(async (m) => {
    const inlet = await m.findOneByOrFail(Inlet, { secretHash: createHash('sha256').update(secret).digest('hex') });
    const { snapshot_id, backup_start, backup_end, total_bytes_processed } = JSON.parse(body);
    const { id: inletId, systemId, backupRequirementId } = inlet;
    const runId = `restic:${snapshot_id.slice(0, 8)}`;
    const known = await m.findOneBy(Evidence, { inletId, runId, supersededById: IsNull() });
    if (known) return known.id;
    const at = new Date();
    const sha256 = createHash('sha256').update(body).digest('hex');
    await m.save(RawPayload, { sha256, bytes: body, length: body.length, keptAt: at });
    const submission = await m.save(Submission, {
      ...{ id: randomUUID(), inletId, receivedAt: at, address, rawSha256: sha256, length: body.length },
      ...{ disposition: 'ACCEPTED', flags: [] },
    });
    const evidence = await m.save(Evidence, {
      ...{ id: randomUUID(), systemId, backupRequirementId, kind: 'BACKUP', outcome: 'PASSED', strength: 'COMPLETED' },
      ...{ performedAt: backup_end, recordedAt: at, recoveryPointAt: backup_start, tool: 'restic', runId },
      ...{ source: 'INLET', inletId, submissionId: submission.id, startedAt: backup_start, finishedAt: backup_end },
      ...{ sizeBytes: `${total_bytes_processed}`, flags: [], usable: true, sha256 },
    });
    await m.save(Object.assign(inlet, { lastSignalAt: at, lastRunAt: at, lastGoodAt: at, lastOutcome: 'PASSED' }));
    if (judges) await ledger.refresh(m, [systemId], { evidence: () => ['BACKUP'] });
    else await move(m, systemId, evidence.id, at);
    return evidence.id;
  });

async function move(m, systemId, evidenceId, at) {
  const duty = await m.findOneByOrFail(Obligation, { systemId, ruleKey: 'recovery-point-fresh' });
  await m.save(Object.assign(duty, { evidenceId, attentionAt: new Date(at.getTime() + 86_400_000) }));
  await m.findOneByOrFail(SystemReadiness, { systemId });
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const secret = new URL(request.url, 'http://localhost').pathname.split('/').at(-1);
    keep(secret, Buffer.concat(chunks), request.socket.remoteAddress).then(
      (id) => response.writeHead(201, { 'content-type': 'application/json' }).end(`{"id":"${id}"}`),
      (error) => response.writeHead(500).end(`${error}`),
    );
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`listening, http://127.0.0.1:${server.address().port}\n`));
process.on('SIGTERM', () => process.exit(0));
