import { ROLES } from '../../src/access/role-assignment.entity';
import { STATED_ROLES, statedAccess, unstated } from '../access-matrix/stated-access';
import { committedDocument, operationsOf } from '../support/operations/operation';

const OPERATIONS = operationsOf(committedDocument()).map(({ name }) => name);

describe('the stated access', () => {
  it('has a line for each operation of the API, and none for anything else', () => {
    expect(OPERATIONS.length).toBeGreaterThan(80);
    expect(unstated(OPERATIONS)).toEqual({ missing: [], gone: [] });
  });

  it('has a column for each role', () => {
    expect([...STATED_ROLES].sort()).toEqual([...ROLES].sort());
  });

  it('tells what has no line, and what has one for nothing', () => {
    const stated = statedAccess('GET /a public\nGET /b self');
    expect(unstated(['GET /a', 'GET /c'], stated)).toEqual({ missing: ['GET /c'], gone: ['GET /b'] });
  });

  it.each([
    'GET /a nothing',
    'GET /a list yes',
    'GET /a record yes yes yes yes yes yes perhaps',
    'GET /a public\nGET /a public',
  ])('does not take %j', (text) => {
    expect(() => statedAccess(text)).toThrow();
  });
});
