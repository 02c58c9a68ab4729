// The bare limit: node:http and one prepared INSERT of the body for each request, answered once it is committed. It reads, checks and judges nothing.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';

const CONNECTIONS = 8;
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS });
await pool.query(
  'CREATE TABLE bare_insert (id uuid PRIMARY KEY, received_at timestamptz NOT NULL, body bytea NOT NULL)',
);

const text = 'INSERT INTO bare_insert (id, received_at, body) VALUES ($1, $2, $3)';
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const id = randomUUID();
    pool.query({ name: 'bare', text, values: [id, new Date().toISOString(), Buffer.concat(chunks)] }).then(
      () => response.writeHead(201, { 'content-type': 'application/json' }).end(`{"id":"${id}"}`),
      () => response.writeHead(500).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`listening, http://127.0.0.1:${server.address().port}\n`));
process.on('SIGTERM', () => process.exit(0));
