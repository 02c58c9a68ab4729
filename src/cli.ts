import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type INestApplication, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { AdminRefused, createFirstAdmin } from './access/users/first-admin';
import { AppModule } from './app.module';
import type { ChainHead } from './audit/chain/chain-hash';
import { verifyExportFile } from './audit/chain/verify-export-file';
import { onStopSignal, StartError, Undo } from './boot';
import { demoPassword } from './demo/demo-password';
import { seedDemo } from './demo/seed-demo';
import { ENTITIES } from './entities';
import { push, PushRefused } from './evidence/inlet/push';
import { ObligationLedger } from './obligations/obligation-ledger';
import { joinDatabase } from './own-database';
import { type Config, ConfigError, readConfig } from './platform/config/config';
import { migrate, NotTheOwner } from './platform/database/migrate';
import { Problem } from './platform/http/problem';
import { API_PREFIX, OUTSIDE_API } from './platform/http/serving/http-app';
import { openApiDocument } from './platform/http/serving/openapi';
import { createLogger, PinoLogger } from './platform/logging/logger';
import { message } from './platform/messages/messages';
import { PlatformModule } from './platform/platform.module';
import { asProgram } from './platform/running-program';
import { ApplyPack, UnknownOrganisation } from './registry/policies/packs/apply-pack';
import { planText } from './registry/policies/packs/plan-text';
import { verifyPackFile } from './views/packs/checking/verify-pack-file';

interface Command {
  /** One line for the list of commands. */
  about: string;
  options?: Record<string, { type: 'string' | 'boolean' }>;
  /** Names of the words that follow the command. */
  words?: string[];
  run(options: Record<string, string | boolean | undefined>, config: Config, undo: Undo): Promise<string | Answer>;
}

interface Answer {
  text: string;
  exitCode: number;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  migrate: {
    about: 'bring the database to the newest schema',
    run: async (_options, config, undo) => {
      const { owner, role } = await joinDatabase(config, undo, say);
      const done = await migrate(owner, role);
      return done.length > 0 ? `Migrated: ${done.join(', ')}` : 'The schema is up to date.';
    },
  },
  rebuild: {
    about: 'derive every obligation anew from the facts',
    run: async (_options, config, undo) => {
      const app = await application(config, undo);
      const systems = await app.get(ObligationLedger, { strict: false }).refreshAll(app.get(DataSource).manager);
      return `Rebuilt the obligations of ${systems} systems.`;
    },
  },
  'create-admin': {
    about:
      'make an administrator: --email, --name, [--organisation CODE], [--organisation-name NAME], [--password-stdin]',
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      organisation: { type: 'string' },
      'organisation-name': { type: 'string' },
      'password-stdin': { type: 'boolean' },
    },
    run: async (options, config, undo) => {
      const { email, name, organisation, 'organisation-name': organisationName } = options as Record<string, string>;
      if (!email || !name) throw new StartError('create-admin needs --email and --name');
      const password = options['password-stdin'] ? await standardInput() : undefined;
      const app = await application(config, undo);
      const made = await createFirstAdmin(app, { email, name, organisation, organisationName, password });
      const shown = made.password ? `\nPassword, shown only now: ${made.password}` : '';
      return `${email} administers ${made.organisation}.${shown}`;
    },
  },
  'seed-demo': {
    about: 'load the demo data into an empty database',
    run: async (_options, config, undo) => {
      if (config.NODE_ENV === 'production') throw new StartError('Demo data is refused when NODE_ENV=production.');
      const loaded = await seedDemo(await application(config, undo));
      if (!loaded) return 'Nothing done: the database is not empty.';
      return `Demo data loaded. Password of the demo people: ${demoPassword(config)}`;
    },
  },
  'audit verify': {
    about:
      'check an export of the audit events, needs no database: FILE, [--seq PLACE --hash HASH] written down before',
    options: { seq: { type: 'string' }, hash: { type: 'string' } },
    words: ['file'],
    run: ({ file, seq, hash }) => verifyExportFile(String(file), notedHead(seq as string, hash as string)),
  },
  'verify-pack': {
    about: 'check an audit pack, needs no database: FILE, [--digest SHA-256 in the audit log], [--language ja]',
    options: { digest: { type: 'string' }, language: { type: 'string' } },
    words: ['file'],
    run: ({ file, digest, language = 'en' }) => {
      if (digest !== undefined && !/^[0-9a-f]{64}$/.test(String(digest)))
        throw new UsageError('--digest is a SHA-256 in 64 hex digits, as the audit event of the pack shows it');
      if (language !== 'ja' && language !== 'en') throw new UsageError('--language is ja or en');
      return verifyPackFile(String(file), language, digest as string | undefined);
    },
  },
  'policy plan': {
    about:
      'compare a policy pack with what is in force: FILE --organisation CODE, [--effective-on YYYY-MM-DD]; 0 when nothing differs, 2 when it does',
    options: { organisation: { type: 'string' }, 'effective-on': { type: 'string' } },
    words: ['file'],
    run: async ({ file, organisation, 'effective-on': adoptedOn }, config, undo) => {
      const packs = (await application(config, undo)).get(ApplyPack, { strict: false });
      const pack = await textIn(String(file));
      const plan = await packs.plan(organisationOf(organisation), pack, adoptedOn as string | undefined);
      return plan ? { text: planText(plan), exitCode: 2 } : NOTHING_DIFFERS;
    },
  },
  'policy apply': {
    about:
      'put a policy pack in force: FILE --organisation CODE, [--effective-on YYYY-MM-DD, today when absent]; the same pack twice changes nothing',
    options: { organisation: { type: 'string' }, 'effective-on': { type: 'string' } },
    words: ['file'],
    run: async ({ file, organisation, 'effective-on': adoptedOn }, config, undo) => {
      const packs = (await application(config, undo)).get(ApplyPack, { strict: false });
      const pack = await textIn(String(file));
      const version = await packs.apply(organisationOf(organisation), pack, adoptedOn as string | undefined);
      return version === null ? NOTHING_DIFFERS : `In force as version ${version}.`;
    },
  },
  push: {
    about:
      'send what comes in to an inlet, needs no database: --to URL or --to-file FILE, [--tool NAME] [--exit-code N]',
    options: {
      to: { type: 'string' },
      'to-file': { type: 'string' },
      tool: { type: 'string' },
      'exit-code': { type: 'string' },
      signal: { type: 'string' },
    },
    run: async ({ to, 'to-file': file, tool, 'exit-code': exitCode, signal }) => {
      const address = file === undefined ? to : (await textIn(String(file))).trim();
      if (typeof address !== 'string' || !URL.canParse(address))
        throw new UsageError('push needs --to URL or --to-file FILE');
      const word = (exitCode ?? signal) as string | undefined;
      if (word !== undefined && !/^(\d{1,3}|start|fail)$/.test(word))
        throw new UsageError('--exit-code is a number, --signal is start or fail');
      const body = await bytesIn();
      if (body.length === 0 && word === undefined)
        throw new UsageError(
          'Nothing came in on standard input: the command may have failed. A ping is sent by --exit-code or --signal',
        );
      return push({ to: new URL(address), body, tool: tool as string | undefined, word });
    },
  },
  openapi: {
    about: 'print the OpenAPI document; needs no database',
    run: async () => `${JSON.stringify(openApiDocument(await preview()), null, 2)}`,
  },
};

const NOTHING_DIFFERS = 'Nothing differs from the policy in force.';

/** What was asked for cannot be understood. */
class UsageError extends StartError {}

const HELP = new Set(['help', '--help', '-h']);

async function main(): Promise<void> {
  const [first = '', ...rest] = process.argv.slice(2);
  if (HELP.has(first)) return void process.stdout.write(`${usage()}\n`);
  const name = `${first} ${rest[0]}` in COMMANDS ? `${first} ${rest.shift()}` : first;
  const command = COMMANDS[name];
  if (!command) throw new StartError(name ? `There is no command ${name}.\n${usage()}` : usage());
  const options = readOptions(name, command, rest);
  const undo = new Undo();
  onStopSignal(() => {
    const end = (): never => process.exit(1);
    undo.run().then(end, end);
  });
  try {
    const answer = await asProgram(`cli:${name}`, () => command.run(options, readConfig(), undo));
    const { text, exitCode } = typeof answer === 'string' ? { text: answer, exitCode: 0 } : answer;
    process.stdout.write(`${text}\n`);
    process.exitCode = exitCode;
  } finally {
    await undo.run();
  }
}

/** The options and words after a command. @throws Error when one is not known, or a word is missing or too many. */
function readOptions(
  name: string,
  { options = {}, words = [] }: Command,
  args: string[],
): Parameters<Command['run']>[0] {
  const { values, positionals } = parseArgs({ args, options, strict: true, allowPositionals: words.length > 0 });
  if (positionals.length !== words.length) throw new UsageError(`${name} needs ${words.join(' ').toUpperCase()}`);
  return { ...values, ...Object.fromEntries(words.map((word, at) => [word, positionals[at]])) };
}

/** @throws UsageError when only one of the two is given, or the place is no number. */
function notedHead(seq: string | undefined, hash: string | undefined): ChainHead | undefined {
  if (seq === undefined && hash === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(seq ?? '') || !/^[0-9a-f]{64}$/.test(hash ?? ''))
    throw new UsageError(
      'audit verify needs both of --seq and --hash, as an export or the page of the chain shows them',
    );
  return { seq: Number(seq), hash: String(hash) };
}

/** The features without HTTP and without jobs, on a database that is brought up to date first. */
async function application(config: Config, undo: Undo): Promise<INestApplicationContext> {
  const { connection, owner, role } = await joinDatabase(config, undo, say);
  await migrate(owner, role);
  const platform = PlatformModule.with({ config, connection, entities: ENTITIES });
  return undo.open(
    () =>
      NestFactory.createApplicationContext(AppModule.with(platform), {
        logger: new PinoLogger(createLogger({ LOG_LEVEL: 'warn' })),
        abortOnError: false,
      }),
    (app) => app.close(),
  );
}

/** The application's shape without its insides: nothing connects. */
async function preview(): Promise<INestApplication> {
  const connection = { url: 'postgres://nowhere.invalid/none' };
  const platform = PlatformModule.with({ config: readConfig({}), connection, entities: ENTITIES });
  const app = await NestFactory.create(AppModule.with(platform), new FastifyAdapter(), {
    preview: true,
    abortOnError: false,
    logger: false,
  });
  return app.setGlobalPrefix(API_PREFIX, { exclude: OUTSIDE_API });
}

function organisationOf(code: string | boolean | undefined): string {
  if (typeof code !== 'string') throw new StartError('Say with --organisation CODE whose policy it is.');
  return code;
}

async function textIn(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: Error) => {
    throw new StartError(`${path} cannot be read: ${error.message}`);
  });
}

/** A refusal as lines: the sentence, and each field with what is wrong. */
function refusal({ code, details }: Problem): string {
  const errors = (details.errors ?? []).map(
    ({ field, code: why, params }) => `  ${field}: ${message('en', `field.${why}`, params ?? {})}`,
  );
  return [message('en', `problem.${code}`, details.params), ...errors].join('\n');
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(14)} ${about}`);
  return ['Usage: npm run cli -- <command> [options]', ...lines].join('\n');
}

async function bytesIn(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function standardInput(): Promise<string> {
  return (await bytesIn()).toString('utf8').replace(/\r?\n$/, '');
}

/** Errors whose message says everything; of any other the stack is shown. */
const PLAIN = [StartError, ConfigError, AdminRefused, NotTheOwner, Problem, PushRefused, UnknownOrganisation];

main().catch((error: Error & { code?: string }) => {
  const said = error instanceof Problem ? refusal(error) : error.message;
  const plain = PLAIN.some((kind) => error instanceof kind) || error.code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${plain ? said : (error.stack ?? error.message)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
