import type { FastifyReply } from 'fastify';
import type { RunEventResponse } from '../runs/dto/drill-run.response';

/** Proxies close what is silent for a minute. */
const HEARTBEAT_MS = 15_000;
/** After this the browser comes again, and is asked anew who it is and what it may see. */
const LIFE_MS = 5 * 60_000;
const RETRY_MS = 1_000;

/** A stream of Server-Sent Events to one browser. */
export class EventStream {
  private readonly heartbeat: NodeJS.Timeout;
  private readonly life: NodeJS.Timeout;
  private ended: (() => void)[] = [];

  constructor(private readonly reply: FastifyReply) {
    const { raw } = reply;
    reply.hijack();
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-request-id': String(reply.getHeader('x-request-id') ?? ''),
    });
    raw.write(`retry: ${RETRY_MS}\n\n`);
    this.heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS).unref();
    this.life = setTimeout(() => this.end(), LIFE_MS).unref();
    raw.on('close', () => this.end());
  }

  /** What to do when it is over, whoever ended it. */
  onEnd(what: () => void): void {
    this.ended.push(what);
  }

  send(event: RunEventResponse): void {
    this.reply.raw.write(`id: ${event.number}\ndata: ${JSON.stringify(event)}\n\n`);
  }

  end(): void {
    clearInterval(this.heartbeat);
    clearTimeout(this.life);
    const ended = this.ended;
    this.ended = [];
    for (const what of ended) what();
    if (!this.reply.raw.writableEnded) this.reply.raw.end();
  }
}
