import { lookup } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request as secureRequest, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/config';
import { AddressGuard } from './address-guard';

/** How long a whole exchange may take, and how much of an answer is read. */
const TIMEOUT_MS = 10_000;
const MOST_ANSWER_BYTES = 16_384;

/** Thrown when nothing was sent, because it may not be sent there. */
export class OutwardRefused extends Error {}

export interface OutwardAnswer {
  status: number;
  /** Its beginning. */
  text: string;
}

/**
 * Sends what people have addressed, and so cannot be made to speak to what only this machine reaches: https only, the address is checked when
 * it is connected to, so that no name can mean something else by then; nothing is followed, and time and size have limits.
 */
@Injectable()
export class OutwardPost {
  private readonly guard: AddressGuard;

  constructor(config: Config) {
    this.guard = new AddressGuard(config.CHANNEL_PRIVATE_RANGES);
  }

  /** Why nothing may be sent to `address`, as far as it can be told without asking for its name; null when nothing speaks against it. */
  refusalOf(address: string): 'NOT_A_URL' | 'NOT_HTTPS' | 'ADDRESS_REFUSED' | null {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return 'NOT_A_URL';
    const host = hostOf(url);
    const known = isIP(host) > 0;
    if (known && !this.guard.allows(host)) return 'ADDRESS_REFUSED';
    return url.protocol === 'http:' && !(known && this.guard.isNamed(host)) ? 'NOT_HTTPS' : null;
  }

  /**
   * Posts `body` as JSON. Resolves with any answer, a redirect too. @param timeoutMs of the whole exchange.
   * @throws OutwardRefused when it may not be sent there, Error when nobody answers in time.
   */
  async send(
    address: string,
    body: string,
    headers: Readonly<Record<string, string>> = {},
    timeoutMs = TIMEOUT_MS,
  ): Promise<OutwardAnswer> {
    const refusal = this.refusalOf(address);
    if (refusal) throw new OutwardRefused(refusal);
    const url = new URL(address);
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      lookup: this.guardedLookup,
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Sonae',
        ...headers,
      },
    };
    return new Promise((resolve, reject) => {
      const sent = (url.protocol === 'http:' ? plainRequest : secureRequest)(url, options, (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const done = (): void =>
          resolve({
            status: answer.statusCode ?? 0,
            text: Buffer.concat(chunks).toString('utf8', 0, MOST_ANSWER_BYTES),
          });
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size < MOST_ANSWER_BYTES) return;
          done();
          sent.destroy();
        });
        answer.on('end', done);
        answer.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Every address that a name has must be allowed: which of them is connected to is not ours to say. */
  private readonly guardedLookup: LookupFunction = (host, options, answer) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      const stray = found?.find(({ address }) => !this.guard.allows(address));
      const [first] = found ?? [];
      if (error) answer(error, '');
      else if (stray || !first) answer(new OutwardRefused('ADDRESS_REFUSED'), '');
      else if (options.all) answer(null, found);
      else answer(null, first.address, first.family);
    });
  };
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}
