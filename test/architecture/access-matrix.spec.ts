import { ROLES } from '../../src/access/role-assignment.entity';
import { STATED_ROLES, statedAccess, unstated } from '../access-matrix/stated-access';
import { STATED_AUDIT, unstatedAudit } from '../access-matrix/stated-audit';
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

describe('the stated record', () => {
  it('says of each operation that writes what it leaves on record, or why nothing', () => {
    expect(unstatedAudit(OPERATIONS)).toEqual({ missing: [], gone: [] });
    for (const stated of Object.values(STATED_AUDIT))
      expect('nothing' in stated ? stated.nothing.length : stated.length).toBeGreaterThan(0);
  });

  it('tells what says nothing, and what is said of nothing', () => {
    expect(unstatedAudit(['POST /a', 'GET /b', 'POST /c'], { 'POST /a': ['system.created'], 'POST /d': [] })).toEqual({
      missing: ['POST /c'],
      gone: ['POST /d'],
    });
  });
});
