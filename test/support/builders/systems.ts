import type { TestApp } from '../app';
import type { Answer } from '../client';
import type { PersonName } from '../world';

let made = 0;

/** What a request to register a system says, with a code of its own. */
export function systemFields(app: TestApp, more: object = {}): { code: string } & Record<string, unknown> {
  made += 1;
  return {
    code: `SYS-${String(made).padStart(4, '0')}`,
    name: `情報システム${made}`,
    organisationId: app.world.organisations.agency,
    tier: 'MODERATE',
    ...more,
  };
}

/** Registers a system over HTTP and gives back the answer. Throws when it is refused. */
export async function registerSystem(
  app: TestApp,
  more: object = {},
  by: PersonName = 'manager',
): Promise<Answer['body']> {
  const { status, body } = await (await app.as(by)).post('/systems', systemFields(app, more));
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

/** Gives a system another tier: the administrator asks, the CISO's office approves. Answers the approval. */
export async function changeTier(app: TestApp, systemId: string, tier: string): Promise<Answer['body']> {
  const asked = await (await app.as('admin')).post(`/systems/${systemId}/tier-changes`, { tier, reason: '見直し' });
  const { status, body } = await (await app.as('ciso')).post(`/tier-changes/${asked.body.id}/approve`, {});
  if (status !== 200) throw new Error(JSON.stringify([asked.body, body]));
  return body;
}
