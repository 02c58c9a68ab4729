// swc compiles our TypeScript and Nest's ESM packages alike; Jest itself cannot require ESM below Node 24.9.
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

module.exports = {
  testEnvironment: 'node',
  moduleFileExtensions: ['js', 'json', 'ts'],
  testRegex: '.*\\.((e2e|int)-)?spec\\.ts$',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  transform: { '^.+\\.ts$': swc(true), '^.+\\.js$': swc(false) },
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs)/)'],
  maxWorkers: 2,
  testTimeout: 60000,
};
