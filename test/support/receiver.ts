import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a receiver took it. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver of a test's own, on 127.0.0.1. */
export interface Receiver {
  url: string;
  port: number;
  /** What has come in, oldest first. */
  taken: Received[];
  /** What it answers from now on. */
  answerWith(status: number, text?: string, headers?: Record<string, string>): void;
  /** From now on it takes requests and never answers. */
  fallSilent(): void;
  stop(): Promise<void>;
}

/** Starts one on a free port. */
export async function startReceiver(): Promise<Receiver> {
  const taken: Received[] = [];
  let answer: { status: number; text: string; headers: Record<string, string> } | null;
  answer = { status: 200, text: 'ok', headers: {} };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      taken.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      if (answer) response.writeHead(answer.status, answer.headers).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    taken,
    answerWith: (status, text = '', headers = {}) => (answer = { status, text, headers }),
    fallSilent: () => (answer = null),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
