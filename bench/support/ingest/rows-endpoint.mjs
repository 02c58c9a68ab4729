// The least that a report leaves: its bytes, its submission and its record, as rows with all the keys and constraints of the product, written many in one statement and
// answered once they are committed. It reads no body, checks no secret but by a map, looks for no earlier telling, moves no inlet and judges nothing.
import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

const MOST_AT_ONCE = 200;
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
const { rows: inlets } = await client.query('SELECT id, system_id, backup_requirement_id, secret_hash FROM inlet');
const bySecret = new Map(inlets.map((inlet) => [inlet.secret_hash, inlet]));
const digest = (of) => createHash('sha256').update(of).digest('hex');

const text = `
  WITH told AS (SELECT * FROM unnest($1::text[], $2::bytea[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])
      AS row(sha256, bytes, submission_id, inlet_id, evidence_id, system_id, requirement_id)),
    payload AS (INSERT INTO raw_payload (sha256, bytes, length, kept_at) SELECT sha256, bytes, length(bytes), now() FROM told),
    sent AS (INSERT INTO submission (id, inlet_id, received_at, address, raw_sha256, length, disposition, flags)
      SELECT submission_id, inlet_id, now(), '127.0.0.1', sha256, length(bytes), 'ACCEPTED', '[]' FROM told)
  INSERT INTO evidence (id, system_id, backup_requirement_id, kind, outcome, strength, performed_at, recorded_at, recovery_point_at, tool, run_id, source,
    inlet_id, submission_id, started_at, finished_at, size_bytes, sha256)
  SELECT evidence_id, system_id, requirement_id, 'BACKUP', 'PASSED', 'COMPLETED', now(), now(), now(), 'restic', 'restic:' || sha256, 'INLET',
    inlet_id, submission_id, now(), now(), 48112773120, sha256 FROM told`;

const waiting = [];
let busy = false;

async function work() {
  while (waiting.length > 0) {
    const batch = waiting.splice(0, MOST_AT_ONCE);
    const columns = batch[0].row.map((_, at) => batch.map(({ row }) => row[at]));
    const answer = await client.query({ name: 'rows', text, values: columns }).then(
      () => [201, ''],
      (error) => [500, `${error}`],
    );
    for (const { response, row } of batch)
      response.writeHead(answer[0], { 'content-type': 'application/json' }).end(`{"id":"${row[4]}"}${answer[1]}`);
  }
  busy = false;
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const inlet = bySecret.get(digest(pathname.slice(pathname.lastIndexOf('/') + 1)));
    const bytes = Buffer.concat(chunks);
    const row = [
      digest(bytes),
      bytes,
      randomUUID(),
      inlet.id,
      randomUUID(),
      inlet.system_id,
      inlet.backup_requirement_id,
    ];
    waiting.push({ response, row });
    if (busy) return;
    busy = true;
    setImmediate(() => void work());
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`listening, http://127.0.0.1:${server.address().port}\n`));
process.on('SIGTERM', () => process.exit(0));
