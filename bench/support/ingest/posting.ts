import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

/** One request to send: the path below the origin, and the body. */
export interface Post {
  path: string;
  body: string;
}

/** How requests were answered: how often with which status, and how long each took, in milliseconds. */
export interface Answers {
  statuses: Record<number, number>;
  took: number[];
  seconds: number;
}

/**
 * A connection that is kept open and carries one request at a time. Far leaner than a client of HTTP, since it shares the machine with what it measures:
 * it looks at the status and the length of an answer only.
 */
class Line {
  private received = '';
  private answered: ((status: number) => void) | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.read(chunk));
    socket.on('error', () => this.answered?.(0));
    socket.on('close', () => this.answered?.(0));
  }

  static open(url: string): Promise<Line> {
    const { hostname, port } = new URL(url);
    return new Promise((opened, failed) => {
      const socket = connect(Number(port), hostname, () => opened(new Line(socket)));
      socket.once('error', failed);
    });
  }

  /** The status of the answer; 0 when the connection was cut. */
  send({ path, body }: Post): Promise<number> {
    return new Promise((answered) => {
      this.answered = answered;
      this.socket.write(
        `POST ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  close(): void {
    this.answered = undefined;
    this.socket.destroy();
  }

  private read(chunk: string): void {
    this.received += chunk;
    const head = this.received.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.received)?.[1] ?? NaN);
    const whole = Number.isNaN(length)
      ? this.received.endsWith('0\r\n\r\n')
      : this.received.length >= head + 4 + length;
    if (!whole) return;
    const status = Number(this.received.slice(9, 12));
    this.received = '';
    this.answered?.(status);
  }
}

/** Sends over so many connections, each the next as soon as its last is answered, until `enough`. */
export async function postFor(
  url: string,
  connections: number,
  next: () => Post,
  enough: (sent: number, seconds: number) => boolean,
): Promise<Answers> {
  const lines = await Promise.all(Array.from({ length: connections }, () => Line.open(url)));
  const answers: Answers = { statuses: {}, took: [], seconds: 0 };
  const begun = performance.now();
  let sent = 0;
  await Promise.all(
    lines.map(async (line) => {
      while (!enough(sent, (performance.now() - begun) / 1000)) {
        sent += 1;
        const at = performance.now();
        const status = await line.send(next());
        answers.took.push(performance.now() - at);
        answers.statuses[status] = (answers.statuses[status] ?? 0) + 1;
      }
    }),
  );
  answers.seconds = (performance.now() - begun) / 1000;
  for (const line of lines) line.close();
  return answers;
}

/** Sends all of them at once, each over a connection of its own that is open before. */
export async function postAtOnce(url: string, posts: readonly Post[]): Promise<Answers> {
  const waiting = [...posts];
  return postFor(
    url,
    posts.length,
    () => waiting.shift() as Post,
    (sent) => sent >= posts.length,
  );
}

/** The value below which this part of them lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}
