import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPromise } from 'yauzl';
import { SESSION_COOKIE } from '../../src/access/sessions/session-cookie';
import type { RunningApp } from './app';
import type { Client } from './client';

/** The files of a zip by their names, in its order. */
export type Unpacked = Map<string, string>;

const folder = mkdtempSync(join(tmpdir(), 'sonae-downloads-'));
let written = 0;

/** A path for one more file, which nobody cleans up but the system. */
export const newPath = (): string => join(folder, String((written += 1)));

/** Downloads as a browser does, and writes it to a file. */
export async function download(app: RunningApp, as: Client, path: string): Promise<{ path: string; headers: Headers }> {
  const response = await fetch(`${app.url}/api/v1${path}`, {
    headers: { cookie: `${SESSION_COOKIE}=${as.cookie(SESSION_COOKIE)}` },
  });
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  const file = newPath();
  writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  return { path: file, headers: response.headers };
}

/** @param path of a zip. */
export async function unpack(path: string): Promise<Unpacked> {
  const files: Unpacked = new Map();
  const zip = await openPromise(path, { autoClose: false });
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
  }
  zip.close();
  return files;
}
