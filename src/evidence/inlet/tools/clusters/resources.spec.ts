import { stringify } from 'yaml';
import { growthOfTime, NEARLY_SQUARE } from '../../../../../test/support/growth';
import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/*
 * Resources as `kubectl get -o yaml` and `velero backup get -o yaml` print them: keys in the order of the alphabet, the kind of a list behind its
 * items, as users have published in threads; names, times and numbers are invented.
 */

const VELERO = `apiVersion: velero.io/v1
kind: Backup
metadata:
  annotations:
    velero.io/source-cluster-k8s-major-version: "1"
    velero.io/source-cluster-k8s-minor-version: 18+
  creationTimestamp: "2026-11-22T17:00:03Z"
  generation: 26
  labels:
    velero.io/storage-location: osaka
  managedFields:
  - apiVersion: velero.io/v1
    fieldsType: FieldsV1
    fieldsV1:
      f:metadata:
        f:annotations:
          .: {}
  name: nightly
  namespace: velero
  uid: 8752c62d-03bf-456b-bac2-a32ac7a55143
spec:
  hooks: {}
  includedNamespaces:
  - '*'
  storageLocation: osaka
  ttl: 720h0m0s
status:
  completionTimestamp: "2026-11-22T17:04:41Z"
  errors: 1
  expiration: "2026-12-22T17:00:03Z"
  formatVersion: 1.1.0
  phase: PartiallyFailed
  progress:
    itemsBackedUp: 115
    totalItems: 115
  startTimestamp: "2026-11-22T17:00:03Z"
  version: 1
`;

const TIMES = { startTimestamp: '2026-11-22T17:00:03Z', completionTimestamp: '2026-11-22T17:04:41Z' };
const velero = (name: string, phase: string, kind = 'Backup'): object => ({
  apiVersion: 'velero.io/v1',
  kind,
  metadata: { name, namespace: 'velero', uid: `uid-${name}` },
  spec: { storageLocation: 'osaka' },
  status: { phase, ...TIMES },
});
const longhorn = {
  apiVersion: 'longhorn.io/v1beta2',
  kind: 'Backup',
  metadata: { name: 'backup-1', namespace: 'longhorn-system' },
  status: {
    size: '9007199254740993',
    snapshotCreatedAt: '2026-11-22T17:00:03Z',
    state: 'Completed',
    volumeName: 'pvc',
  },
};
const k8up = {
  apiVersion: 'k8up.io/v1',
  kind: 'Check',
  metadata: { name: 'weekly', namespace: 'app', uid: 'u1', creationTimestamp: '2026-11-22T17:00:03Z' },
  status: { conditions: [{ type: 'Completed', status: 'True', reason: 'Failed', message: 'no key' }] },
};
const listOf = (...items: object[]): object => ({ apiVersion: 'v1', items, kind: 'List', metadata: {} });

describe('resources as YAML', () => {
  it('tell a backup of Velero in full', () => {
    const { tool, flags, records } = readOutput(VELERO);
    expect([tool, flags]).toEqual(['velero', []]);
    expect(records).toEqual([
      expect.objectContaining({
        ...{ kind: 'BACKUP', outcome: 'PARTIAL', strength: 'COMPLETED', errorCount: 1, timeBasis: 'OFFSET' },
        ...{ runKey: 'velero:8752c62d-03bf-456b-bac2-a32ac7a55143', dataset: 'velero/nightly', location: 'osaka' },
        startedAt: new Date('2026-11-22T17:00:03Z'),
        finishedAt: new Date('2026-11-22T17:04:41Z'),
        recoveryPointAt: new Date('2026-11-22T17:00:03Z'),
      }),
    ]);
  });

  it.each([
    ['of Velero', velero('a', 'Completed')],
    [
      'of Velero in a list',
      listOf(velero('a', 'Completed'), velero('b', 'Failed'), velero('c', 'Restored', 'Restore')),
    ],
    ['of Longhorn', longhorn],
    ['of K8up', listOf(k8up)],
    ['that are none', { apiVersion: 'velero.io/v1', items: [], kind: 'BackupList', metadata: {} }],
  ])('%s say what they say as JSON', (_, resource) => {
    expect(readOutput(stringify(resource))).toEqual({ ...readOutput(resource), flags: expect.any(Array) });
    expect(readOutput(stringify(resource)).flags).toEqual(readOutput(resource).flags);
  });

  it('in several documents are read as one list, whatever empty ones are among them', () => {
    const text = ['', velero('a', 'Completed'), velero('b', 'InProgress', 'Restore'), ''].map((one) =>
      typeof one === 'string' ? one : stringify(one),
    );
    expect(readOutput(`# made by hand\n${text.join('---\n')}`).records).toMatchObject([
      { runKey: 'velero:uid-a', outcome: 'PASSED' },
      { runKey: 'velero:uid-b', outcome: 'RUNNING', kind: 'RESTORE_TEST' },
    ]);
  });

  it('are none of one tool when another group is among them, or all kinds of things', () => {
    expect(refusalOf(`${stringify(longhorn)}---\n${VELERO}`).code).toBe('UNKNOWN_TOOL');
    expect(refusalOf('apiVersion: v1\nkind: Pod\n', { tool: 'velero' }).code).toBe('NOT_PARSEABLE');
    expect(refusalOf(VELERO, { tool: 'longhorn' }).code).toBe('TOOL_MISMATCH');
    expect(refusalOf(VELERO, { exitCode: 1 }).code).toBe('TOOL_FAILED');
  });

  it('that were cut give no success that the whole does not give', () => {
    const whole = stringify(listOf(velero('a', 'Completed'), velero('b', 'PartiallyFailed')));
    for (let length = 10; length < whole.indexOf('kind: List'); length += 7)
      expect(['TRUNCATED', 'NOT_PARSEABLE', 'UNKNOWN_TOOL']).toContain(refusalOf(whole.slice(0, length)).code);
    expect(refusalOf(whole.slice(0, whole.indexOf('kind: List'))).code).toBe('TRUNCATED');
  });
});

describe('YAML that means harm', () => {
  const withSpec = (spec: string): string => VELERO.replace('  hooks: {}', spec);
  const BOMB = ['  a: &a [x, x, x, x, x, x, x, x, x]']
    .concat(['b', 'c', 'd', 'e', 'f', 'g'].map((name, i) => `  ${name}: &${name} [${`*${'abcdef'[i]}, `.repeat(9)}]`))
    .join('\n');

  it.each([
    ['aliases that grow', withSpec(BOMB), 'NOT_PARSEABLE'],
    ['one alias', withSpec('  hooks: &h {}\n  other: *h'), 'NOT_PARSEABLE'],
    ['a merge key', withSpec('  hooks: &h {}\n  <<: *h'), 'NOT_PARSEABLE'],
    ['a tag of its own', withSpec("  hooks: !!js/function 'return 1'"), 'NOT_PARSEABLE'],
    ['bytes', withSpec('  hooks: !!binary aGVsbG8='), 'NOT_PARSEABLE'],
    ['a key that is the prototype', withSpec('  __proto__:\n    isAdmin: true'), 'NOT_PARSEABLE'],
    ['the same in quotes', withSpec('  "\\x5f_proto__": {isAdmin: true}'), 'NOT_PARSEABLE'],
    ['a constructor with a prototype', withSpec('  constructor: {prototype: {x: 1}}'), 'NOT_PARSEABLE'],
    ['a list as a key', withSpec('  ? [a, b]\n  : c'), 'NOT_PARSEABLE'],
    ['lists nested 100,000 deep', withSpec(`  hooks: ${'['.repeat(100_000)}`), 'TOO_DEEP'],
    ['blocks nested 5,000 deep', withSpec(`  hooks:\n    ${'- '.repeat(5_000)}x`), 'TOO_DEEP'],
    ['objects nested 65 deep', withSpec(`  hooks: ${'{a: '.repeat(65)}${'}'.repeat(65)}`), 'TOO_DEEP'],
    ['2 MiB of it', withSpec(`  hooks: ${'x'.repeat(2 * 1024 * 1024)}`), 'TOO_LARGE'],
  ])('by %s is refused', (_, text, code) => {
    for (const tool of [null, 'velero']) expect(refusalOf(text, { tool }).code).toBe(code);
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });

  it.each(['- ', '[', '{a: ', '? ', '&a ', '"', '|\n', '- [\n', 'a: b\n', ' apiVersion: velero.io/v1\n'])(
    'by repeating %j takes time by its length only',
    (unit) => {
      const growth = growthOfTime((length) => {
        const text = `apiVersion: velero.io/v1\nkind: Backup\nx: ${unit.repeat(Math.floor(length / unit.length))}`;
        expect(() => refusalOf(text, { tool: 'velero' })).not.toThrow();
      }, 100_000);
      expect(growth).toBeLessThan(NEARLY_SQUARE);
    },
  );
});
