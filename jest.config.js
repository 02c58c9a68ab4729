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
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testEnvironment: 'node',
  moduleFileExtensions: ['js', 'json', 'ts'],
  transform: { '^.+\\.ts$': swc(true), '^.+\\.js$': swc(false) },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|@fastify|content-disposition|cookie|uuid|openid-client|oauth4webapi|jose|marked)/)',
  ],
  ...rest,
});

// Jest runs them once for all the projects that name them.
const withPostgres = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

module.exports = {
  projects: [
    project('unit', ['src/**/*.spec.ts', 'test/architecture/**/*.spec.ts']),
    project('integration', ['test/integration/**/*.int-spec.ts'], withPostgres),
    project('e2e', ['test/e2e/**/*.e2e-spec.ts'], withPostgres),
    project('browser', ['test/browser/**/*.browser-spec.ts'], withPostgres),
  ],
  maxWorkers: 2,
  // What a file loads stays in its worker: after a hundred of them it holds gigabytes, and collects garbage more than it tests.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 60000,
};
