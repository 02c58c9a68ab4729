const { projects } = require('../jest.config.js');

const integration = projects.find(({ displayName }) => displayName === 'integration');

/** As the integration tests run; apart from the tests, because it measures. */
module.exports = {
  ...integration,
  rootDir: '..',
  displayName: 'bench',
  roots: ['<rootDir>/bench'],
  testMatch: ['<rootDir>/bench/*.ts'],
  collectCoverage: false,
};
