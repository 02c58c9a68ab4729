import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { RouteCheck } from '../../src/access/access.guard';
import { openApiDocument } from '../../src/platform/http/serving/openapi';
import { newId } from '../../src/platform/database/id';
import { startTestApp, type TestApp } from '../support/app';

const PUBLIC = [
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/logout',
  'GET /api/v1/auth/sign-in',
  'GET /api/v1/auth/hints',
  'POST /api/v1/auth/passkey',
  'POST /api/v1/auth/passkey/options',
  'GET /api/v1/auth/oidc/start',
  'GET /api/v1/auth/oidc/callback',
  'POST /api/v1/auth/oidc/backchannel-logout',
  // Whoever has the secret of a mail's link.
  'POST /api/v1/mail-link/evidence',
  'POST /api/v1/mail-link/open',
  // Whoever has the secret address of a calendar.
  'GET /api/v1/calendar/{secret}.ics',
];
const SIGNED_IN = [
  'POST /api/v1/auth/oidc/logout',
  'POST /api/v1/auth/second-factor/totp',
  'POST /api/v1/auth/second-factor/recovery-code',
  'POST /api/v1/auth/second-factor/passkey',
  'POST /api/v1/auth/second-factor/passkey/options',
  'POST /api/v1/me/factors/passkeys',
  'POST /api/v1/me/factors/passkeys/options',
  'DELETE /api/v1/me/factors/passkeys/{id}',
  'GET /api/v1/me/factors',
  'POST /api/v1/me/confirmation',
  'POST /api/v1/me/factors/totp',
  'POST /api/v1/me/factors/totp/confirm',
  'DELETE /api/v1/me/factors/totp',
  'POST /api/v1/me/factors/recovery-codes',
  'DELETE /api/v1/me/sessions',
  'DELETE /api/v1/me/sessions/{id}',
  'GET /api/v1/me',
  'GET /api/v1/me/sessions',
  'PATCH /api/v1/me',
  'POST /api/v1/me/password',
  'GET /api/v1/me/escalations',
  'GET /api/v1/me/inbox',
  'GET /api/v1/me/inbox/unread',
  'POST /api/v1/me/inbox/read',
  'POST /api/v1/me/inbox/{id}/read',
  'POST /api/v1/obligations/{id}/snoozes',
  'POST /api/v1/snoozes/{id}/cancel',
  'POST /api/v1/reminders/{id}/acknowledge',
  'GET /api/v1/api-tokens',
  'GET /api/v1/calendar-feeds',
  'POST /api/v1/calendar-feeds',
  'POST /api/v1/calendar-feeds/{id}/rotate',
  'DELETE /api/v1/calendar-feeds/{id}',
  'POST /api/v1/api-tokens',
  'POST /api/v1/api-tokens/{id}/rotate',
  'DELETE /api/v1/api-tokens/{id}/previous-secret',
  'DELETE /api/v1/api-tokens/{id}',
];

let service: TestApp;

beforeAll(async () => {
  service = await startTestApp('access');
});
afterAll(() => service?.stop());

/** Every route of the API, with ids that nothing has. */
function routes(): { name: string; method: string; path: string; permission: string | undefined }[] {
  const { paths }: OpenAPIObject = openApiDocument(service.app);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path: `/${path.replace(/\{\w+\}/g, newId())}`,
      permission: (route as Record<string, string>)['x-permission'],
    })),
  );
}

@Controller('open')
class CarelessController {
  @Get('door')
  door(): string {
    return 'come in';
  }
}

@Module({ imports: [DiscoveryModule], controllers: [CarelessController], providers: [RouteCheck] })
class CarelessModule {}

describe('every route', () => {
  it('says who may use it', () => {
    const rules = service.app.get(RouteCheck).routes();
    expect(rules.length).toBeGreaterThan(30);
    expect(rules.filter(({ rule }) => rule === undefined)).toEqual([]);
  });

  it('is refused to a stranger, but for the few that let people in', async () => {
    const stranger = service.browser();
    const answers = await Promise.all(
      routes()
        .filter(({ name }) => !PUBLIC.includes(name))
        .map(async ({ name, method, path }) => ({ name, status: (await stranger.ask(method, path)).status })),
    );
    expect(answers.length).toBeGreaterThan(30);
    expect(answers.filter(({ status }) => status !== 401)).toEqual([]);
  });

  it('asks for a permission, but for what is one’s own', () => {
    const without = routes().filter(({ permission }) => permission === undefined);
    expect(without.map(({ name }) => name).sort()).toEqual([...PUBLIC, ...SIGNED_IN].sort());
  });

  it('is refused to somebody without a role', async () => {
    const { dataSource, world } = service;
    const nobody = await service.as('deputy');
    await dataSource.query('DELETE FROM role_assignment WHERE user_id = $1', [world.people.deputy]);
    expect((await nobody.get('/me')).body.permissions).toEqual([]);
    const answers = await Promise.all(
      routes()
        .filter(({ permission }) => permission !== undefined)
        .map(async ({ name, method, path }) => ({ name, status: (await nobody.ask(method, path)).status })),
    );
    expect(answers.filter(({ status }) => status !== 403)).toEqual([]);
  });
});

describe('a route that forgets to say who may use it', () => {
  it('keeps the service from starting, and is named', async () => {
    const careless = await NestFactory.createApplicationContext(CarelessModule, { logger: false, abortOnError: false })
      .then(() => 'it started')
      .catch((error: Error) => error.message);
    expect(careless).toBe('These routes need @Allow(permission), @SignedIn() or @Public(): CarelessController.door');
  });
});

describe('an auditor', () => {
  it('has no permission that changes anything', async () => {
    const auditor = await service.as('auditor');
    const { permissions } = (await auditor.get('/me')).body as { permissions: string[] };
    expect(permissions.length).toBeGreaterThan(3);
    expect(permissions.filter((permission) => !/:(read|verify)$/.test(permission))).toEqual([]);
  });
});
