import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, YAML11_SCHEMA } from 'js-yaml';

interface ComposeService {
  image: string;
  command?: string[];
  user?: string;
  environment?: Record<string, string>;
  healthcheck?: { test?: string[]; disable?: boolean };
  depends_on?: Record<string, { condition: string }>;
  networks: string[];
  ports?: string[];
  volumes?: string[];
}
interface Compose {
  services: Record<'api' | 'worker' | 'migrate' | 'postgres' | 'redis', ComposeService>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, object>;
}

const ROOT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('docker-compose.yml', () => {
  const compose = load(read('docker-compose.yml'), { schema: YAML11_SCHEMA }) as Compose;
  const { api, worker, migrate, postgres, redis } = compose.services;

  it('has the API, the worker, the migration, PostgreSQL and Redis', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['api', 'migrate', 'postgres', 'redis', 'worker']);
    expect(api.command).toBeUndefined();
    expect(worker.command).toEqual(['node', 'dist/worker.js']);
    expect(migrate.command).toEqual(['node', 'dist/cli.js', 'migrate']);
    expect([api.image, worker.image, migrate.image]).toEqual(Array(3).fill('sonae:${SONAE_VERSION:-local}'));
  });

  it('migrates a healthy database once, before anything serves', () => {
    expect(migrate.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    for (const service of [api, worker]) {
      expect(service.depends_on).toEqual({
        migrate: { condition: 'service_completed_successfully' },
        redis: { condition: 'service_healthy' },
      });
    }
    expect(postgres.healthcheck?.test).toContain('pg_isready');
    expect(redis.healthcheck?.test).toContain('ping');
  });

  it('keeps the queue on disk and lets nothing fall out of it', () => {
    expect(redis.command?.join(' ')).toContain('--appendonly yes');
    expect(redis.command?.join(' ')).toContain('--maxmemory-policy noeviction');
    expect(redis.volumes).toEqual(['redis-data:/data']);
  });

  it('keeps the data of PostgreSQL 18 in a volume', () => {
    expect(postgres.image).toMatch(/^postgres:18/);
    expect(postgres.volumes).toEqual(['postgres-data:/var/lib/postgresql']);
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(['postgres-data', 'redis-data']));
  });

  it('has no password of its own and does not start without one', () => {
    for (const value of [postgres.environment?.POSTGRES_PASSWORD, migrate.environment?.DATABASE_OWNER_URL]) {
      expect(value).toMatch(/\$\{POSTGRES_PASSWORD:\?[^}]+\}/);
    }
    expect(api.environment?.DATABASE_URL).toMatch(/sonae_service:\$\{POSTGRES_SERVICE_PASSWORD:\?[^}]+\}/);
    expect(read('docker-compose.yml')).not.toMatch(/\$\{\w*(PASSWORD|TOKEN|SECRET)\w*:-[^}]/);
  });

  it('lets the migration alone be the owner of the database', () => {
    for (const { environment } of [api, worker]) {
      expect(Object.keys(environment ?? {}).filter((name) => name.startsWith('DATABASE_OWNER'))).toEqual([]);
      expect(JSON.stringify(environment)).not.toContain('POSTGRES_PASSWORD');
    }
    expect(migrate.environment).toMatchObject(api.environment ?? {});
  });

  it('shows neither the database nor the queue to anybody outside', () => {
    expect(compose.networks.inside).toEqual({ internal: true });
    for (const service of [postgres, redis]) {
      expect(service.ports).toBeUndefined();
      expect(service.networks).toEqual(['inside']);
    }
    expect(api.ports?.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
  });

  it('takes every value it asks for from .env.example or names a default', () => {
    const example = read('.env.example');
    for (const [, name, operator] of read('docker-compose.yml').matchAll(/\$\{(\w+)(:[-?])/g)) {
      expect(`${name}: ${operator === ':-' || new RegExp(`^${name}=`, 'm').test(example)}`).toBe(`${name}: true`);
    }
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line));
  const stages = lines.reduce<string[][]>((all, line) => {
    if (line.startsWith('FROM ')) all.push([]);
    all.at(-1)?.push(line);
    return all;
  }, []);
  const final = stages.at(-1) ?? [];

  it('copies only files that exist and that .dockerignore lets through', () => {
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(copied).toContain('package-lock.json');
    const letThrough = read('.dockerignore').match(/^!.*$/gm);
    for (const path of copied) {
      expect(`${path} ${existsSync(join(ROOT, path))}`).toBe(`${path} true`);
      expect(letThrough).toContain(`!${path.split('/')[0]}`);
    }
  });

  it('copies from stages that it has', () => {
    const names = lines.flatMap((line) => / AS (\w+)$/.exec(line)?.[1] ?? []);
    const sources = lines.flatMap((line) => /--from=(\w+)/.exec(line)?.[1] ?? []);
    expect(sources.length).toBeGreaterThan(0);
    expect(names).toEqual(expect.arrayContaining(sources));
  });

  it('serves as an ordinary user, with production packages only, and tells its health', () => {
    expect(final).toContain('USER node');
    expect(final.findIndex((line) => line === 'USER node')).toBeGreaterThan(
      final.findLastIndex((line) => line.startsWith('RUN ')),
    );
    expect(final).toContain('CMD ["node", "dist/main.js"]');
    expect(final.find((line) => line.startsWith('HEALTHCHECK'))).toContain('/healthz');
    const packages = final.find((line) => line.includes('node_modules'));
    expect(packages).toContain('--from=dependencies');
    expect(stages.find(([from]) => from?.endsWith(' AS dependencies'))?.join('\n')).toContain('npm ci --omit=dev');
  });

  it('runs on a Node that package.json allows', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe('>=20.19');
    for (const [from] of stages) expect(Number(/^FROM node:(\d+)/.exec(from ?? '')?.[1])).toBeGreaterThanOrEqual(22);
  });
});
