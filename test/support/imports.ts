import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Client } from './client';

/** Bytes of a real register. */
export function register(name: string): Buffer {
  return readFileSync(join(__dirname, '../fixtures/registers', name));
}

/** A CSV in UTF-8 out of rows of plain cells. */
export function csvOf(...rows: string[][]): Buffer {
  return Buffer.from(rows.map((row) => `${row.join(',')}\r\n`).join(''));
}

export type Fields = Record<string, unknown>;

/** Sends a file with fields beside it; objects as JSON. */
export function upload(
  client: Client,
  path: string,
  content: Uint8Array,
  fields: Fields = {},
  name = 'register.csv',
): Promise<Answer> {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields))
    body.set(field, typeof value === 'object' ? JSON.stringify(value) : String(value));
  body.set('file', new Blob([content as never]), name);
  return client.ask('POST', path, { body });
}

/** Imports a file and waits until the worker has ended it; returns the Import, and every state seen on the way. */
export async function importFile(client: Client, content: Uint8Array, fields: Fields, name?: string) {
  const { status, body } = await upload(client, '/imports/systems', content, fields, name);
  if (status !== 202) throw new Error(`${status} ${JSON.stringify(body)}`);
  const seen: Answer['body'][] = [body];
  for (;;) {
    const { body: now } = await client.get(`/imports/${body.id}`);
    seen.push(now);
    if (now.status === 'DONE' || now.status === 'FAILED') return { ...now, seen };
    await wait(30);
  }
}
