import { FreshVerdicts } from '../../src/obligations/clocks/fresh-verdicts';
import type { TestApp } from './app';
import type { Answer } from './client';

/** A program on some machine that reports to inlets: it has no cookies and no origin. Paths are below the origin. */
export class InletSender {
  constructor(private readonly app: TestApp) {}

  /** A body that is text or bytes is sent as it is, everything else as JSON; none is a ping. */
  async send(path: string, body?: unknown, headers: Record<string, string> = {}, method = 'POST'): Promise<Answer> {
    const raw = typeof body === 'string' || Buffer.isBuffer(body);
    const response = await fetch(`${this.app.url}${path}`, {
      method,
      headers: { ...(body !== undefined && !raw && { 'content-type': 'application/json' }), ...headers },
      body: (raw ? body : body === undefined ? undefined : JSON.stringify(body)) as string,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
  }

  /** Waits until whatever came in has been judged. */
  async judged(): Promise<void> {
    const fresh = this.app.app.get(FreshVerdicts, { strict: false });
    await fresh.run();
    await fresh.settled();
  }

  /** The state of an obligation, once everything has been judged. */
  async stateOf(systemId: string, ruleKey: string): Promise<string> {
    await this.judged();
    const { body } = await (await this.app.as('owner')).get(`/systems/${systemId}/obligations?limit=200`);
    return body.items.find((each: { ruleKey: string }) => each.ruleKey === ruleKey)?.state;
  }

  /** What tools have proven of a system, also what has been superseded. */
  async evidenceOf(systemId: string): Promise<Answer['body'][]> {
    const { body } = await (await this.app.as('owner')).get(`/systems/${systemId}/evidence?superseded=true&limit=200`);
    return body.items.filter(({ source }: { source: string }) => source === 'INLET');
  }

  async inletOf(id: string): Promise<Answer['body']> {
    return (await (await this.app.as('owner')).get(`/inlets/${id}`)).body;
  }
}
