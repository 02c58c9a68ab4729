const { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

// swc compiles our TypeScript and the packages that are ESM only alike; Jest itself cannot require ESM below Node 24.9.
const swc = (typescript) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      ...(typescript && {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      }),
    },
    module: { type: 'commonjs' },
  },
];

const project = (displayName, testMatch, rest = {}) => ({
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  roots: ['src', 'test', ...(existsSync(join(__dirname, TOGETHER)) ? [TOGETHER] : [])].map(
    (root) => `<rootDir>/${root}`,
  ),
  testEnvironment: 'node',
  moduleFileExtensions: ['js', 'json', 'ts'],
  transform: { '^.+\\.ts$': swc(true), '^.+\\.js$': swc(false) },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|@fastify|content-disposition|cookie|uuid|openid-client|oauth4webapi|jose|marked)/)',
  ],
  ...rest,
});

/** As many parts as two workers share evenly, some of which take long. */
const PARTS = 16;
const TOGETHER = 'test-results/together';

/**
 * The test files of a folder. Jest loads the service anew for each, which is a third of the work of a whole run: with SONAE_TEST_TOGETHER=true some are run in one
 * place, each in a `describe` that bears its name, so that it begins and ends by itself.
 */
function files(folder, suffix) {
  if (process.env.SONAE_TEST_TOGETHER !== 'true') return [`test/${folder}/**/*.${suffix}.ts`];
  const names = readdirSync(join(__dirname, 'test', folder), { recursive: true }).filter((name) =>
    name.endsWith(`.${suffix}.ts`),
  );
  names.sort();
  const place = join(__dirname, TOGETHER, folder);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  for (let part = 0; part < PARTS; part += 1) {
    const own = names.filter((_, at) => at % PARTS === part);
    const lines = own.map((name) => `describe('${name}', () => void require('../../../test/${folder}/${name}'));\n`);
    writeFileSync(join(place, `${part}.js`), lines.join(''));
  }
  return [`${TOGETHER}/${folder}/*.js`];
}

// Jest runs them once for all the projects that name them.
const withPostgres = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

module.exports = {
  projects: [
    project('unit', ['src/**/*.spec.ts', 'test/architecture/**/*.spec.ts']),
    project('integration', files('integration', 'int-spec'), withPostgres),
    project('e2e', ['test/e2e/**/*.e2e-spec.ts'], withPostgres),
    project('browser', files('browser', 'browser-spec'), withPostgres),
  ],
  maxWorkers: 2,
  // What a file loads stays in its worker: after a hundred of them it holds gigabytes, and collects garbage more than it tests.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 60000,
};
