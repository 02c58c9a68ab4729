import type { RunningApp, TestApp } from './app';
import type { Answer, Client } from './client';
import { emailOf, PASSWORD, type PersonName } from './world';

export interface WantedToken {
  name?: string;
  scopes?: string[];
  organisationId?: string;
  expiresOn?: string;
}

/** What is said of a token once, when it is made. */
export interface IssuedToken {
  id: string;
  secret: string;
  hint: string;
}

export const READING = ['systems:read', 'organisations:read'];

/** Asks for a token in somebody's browser; it reads systems and organisations when nothing else is wanted. */
export function askForToken(browser: Client, wanted: WantedToken = {}): Promise<Answer> {
  return browser.post('/api-tokens', { name: '夜間連携', scopes: READING, expiresOn: '2027-03-31', ...wanted });
}

export async function issueToken(browser: Client, wanted: WantedToken = {}): Promise<IssuedToken> {
  const { status, body } = await askForToken(browser, wanted);
  if (status !== 201) throw new Error(`No token: ${JSON.stringify(body)}`);
  return body as IssuedToken;
}

/** A browser of its own in which somebody has just signed in: one that no other test has used, and no moved clock has ended. */
export async function newlySignedIn(service: TestApp, person: PersonName): Promise<Client> {
  const browser = service.browser();
  const { status } = await browser.post('/auth/login', { email: emailOf(person), password: PASSWORD });
  if (status !== 200) throw new Error(`${person} cannot sign in`);
  return browser;
}

/** A program: no cookies, a token, and an address that a trusted proxy tells. */
export class Program {
  private readonly headers: Record<string, string>;

  constructor(
    private readonly service: RunningApp,
    secret: string,
    from = '192.0.2.1',
  ) {
    this.headers = { authorization: `Bearer ${secret}`, 'x-forwarded-for': from };
  }

  get(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }

  ask(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answer> {
    return this.service.browser().ask(method, path, { body, headers: { ...this.headers, ...more } });
  }
}

/** Status and code of an answer, for refusals. */
export const codeOf = ({ status, body }: Answer): [number, string] => [status, body.code];

/** An audit event as it is stored; `personal` by person. */
export interface AuditRow {
  action: string;
  after: unknown;
  personal: Record<string, { address?: string }> | null;
}

/** What is on record of a token, oldest first. */
export function auditOf(service: RunningApp, recordId: string): Promise<AuditRow[]> {
  return service.dataSource.query('SELECT * FROM audit_event WHERE record_id = $1 ORDER BY at, id', [recordId]);
}
