import { outputOf, readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';
import { readSubmission } from '../../reading/read-submission';
import { checkMapping, pointed } from './generic-json';

describe('a ping', () => {
  it.each([
    ['START', 'RUNNING', '2026-11-23T01:00:00.000Z', null],
    ['SUCCESS', 'PASSED', '2026-11-23T01:00:00.000Z', '2026-11-23T01:10:00.000Z'],
    ['FAIL', 'FAILED', '2026-11-23T01:00:00.000Z', '2026-11-23T01:10:00.000Z'],
  ] as const)('that says %s is a declaration that it is %s', (signal, outcome, startedAt, finishedAt) => {
    const { records, flags } = readOutput('', { signal });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      kind: 'BACKUP',
      outcome,
      strength: 'DECLARED',
      recoveryPointAt: null,
      runKey: 'rid:run-1',
    });
    expect(records[0]?.startedAt?.toISOString()).toBe(startedAt);
    expect(records[0]?.finishedAt?.toISOString() ?? null).toBe(finishedAt);
    expect(flags).toContain('SELF_DECLARED');
  });

  it('that writes a line says nothing of the run', () => {
    expect(readOutput('half way', { signal: 'LOG' })).toMatchObject({
      records: [],
      disposition: 'ACCEPTED_NO_RECORDS',
    });
  });

  it('is an envelope without any output that tells an exit code', () => {
    expect(readOutput('', { exitCode: 3 })).toMatchObject({ tool: 'ping', records: [{ outcome: 'FAILED' }] });
  });
});

describe('a neutral record', () => {
  const posted = {
    kind: 'BACKUP',
    outcome: 'PASSED',
    startedAt: '2026-11-23T01:00:00Z',
    sizeBytes: '9007199254740993',
  };

  it('is taken as it is, and what it does not say is unknown', () => {
    const { records, tool } = readOutput({ ...posted, tool: 'own script', runKey: 'n-1' });
    expect(tool).toBe('neutral');
    expect(records[0]).toMatchObject({
      tool: 'own script',
      runKey: 'n-1',
      strength: 'COMPLETED',
      sizeBytes: 9_007_199_254_740_993n,
    });
    expect(records[0]).toMatchObject({ recoveryPointAt: null, host: null, errorCount: null });
  });

  it('keeps a whole number beyond 2^53 also as a number', () => {
    const text = JSON.stringify({ ...posted, sizeBytes: 1 }).replace('"sizeBytes":1', '"sizeBytes":9007199254740993');
    expect(readOutput(text).records[0]?.sizeBytes).toBe(9_007_199_254_740_993n);
  });

  it.each([
    [{ ...posted, outcome: 'FINE' }, 'outcome'],
    [{ ...posted, startedAt: '2026-11-23 01:00' }, 'startedAt'],
    [{ ...posted, sizeBytes: -1 }, 'sizeBytes'],
    [{ ...posted, colour: 'green' }, 'colour'],
    [{ ...posted, checks: [{ name: 'rows' }] }, 'checks/0/expected'],
  ])('that is wrong is refused with its field: %j', (wrong, field) => {
    const { code, why } = refusalOf(wrong);
    expect([code, why.params['field']]).toEqual(['INVALID_FIELDS', field]);
  });

  it.each([
    ['1204', 'PASSED'],
    ['1203', 'FAILED'],
  ])('of a restore drill passes only when what was seen is what was expected: %s', (observed, outcome) => {
    const checks = [{ name: 'rows', expected: '1204', observed }];
    const [record] = readOutput({ kind: 'RESTORE_TEST', outcome: 'PASSED', checks }).records;
    expect(record).toMatchObject({ outcome, strength: 'VALIDATED' });
  });

  it.each(['VALIDATED', null])(
    'of a restore drill without checks has restored, and validated nothing: %s',
    (strength) => {
      const told = { kind: 'RESTORE_TEST', outcome: 'PASSED', ...(strength && { strength }) };
      expect(readOutput(told).records[0]).toMatchObject({ outcome: 'PASSED', strength: 'RESTORED' });
    },
  );

  it('may be several', () => {
    const { records } = readOutput({
      records: [
        { ...posted, runKey: 'a' },
        { ...posted, runKey: 'b' },
      ],
    });
    expect(records.map(({ runKey }) => runKey)).toEqual(['a', 'b']);
  });
});

describe('a CloudEvent', () => {
  const event = { specversion: '1.0', type: 'backup.done', source: '/db01', id: 'e1', time: '2026-11-23T01:00:00Z' };

  it('carries the output of a tool, and names the run', () => {
    const data = { message_type: 'summary', num_errors: 0 };
    const { records, tool } = readOutput({ ...event, data }, { rid: null });
    expect([tool, records[0]?.runKey, records[0]?.startedAt?.toISOString()]).toEqual([
      'restic',
      'rid:/db01#e1',
      '2026-11-23T01:00:00.000Z',
    ]);
  });

  it('carries a neutral record, in base64 too', () => {
    const record = { kind: 'BACKUP', outcome: 'PARTIAL' };
    const data_base64 = Buffer.from(JSON.stringify(record)).toString('base64');
    for (const body of [
      { ...event, data: record },
      { ...event, data_base64 },
    ])
      expect(readOutput(body, { tool: 'cloudevents' })).toMatchObject({
        tool: 'neutral',
        records: [{ outcome: 'PARTIAL' }],
      });
  });

  it('comes in a batch too, and all of it is taken or nothing', () => {
    const data = { kind: 'BACKUP', outcome: 'PASSED' };
    const batch = [
      { ...event, data },
      { ...event, id: 'e2', data: { ...data, outcome: 'PARTIAL' } },
      { ...event, id: 'e2', data },
    ];
    const { records, flags } = readOutput(batch, { rid: null });
    expect(records.map(({ runKey, outcome }) => [runKey, outcome])).toEqual([
      ['rid:/db01#e1', 'PASSED'],
      ['rid:/db01#e2', 'PARTIAL'],
    ]);
    expect(flags).toContain('DUPLICATE_IN_PAYLOAD');
    expect(refusalOf([...batch, { ...event, data: { hello: 'world' } }]).code).toBe('UNKNOWN_TOOL');
    expect(readOutput('[]', { mediaType: 'application/cloudevents-batch+json' })).toMatchObject({
      records: [],
      disposition: 'ACCEPTED_NO_RECORDS',
    });
  });

  it('carries the tool that the inlet is declared for', () => {
    const data = { message_type: 'summary', num_errors: 0 };
    expect(readOutput({ ...event, data }, { tool: 'restic' }).tool).toBe('restic');
    expect(refusalOf({ ...event, data }, { tool: 'borg' }).code).toBe('TOOL_MISMATCH');
  });

  it('without data, or with data that no tool wrote, is refused', () => {
    expect(refusalOf(event).code).toBe('NOT_PARSEABLE');
    expect(refusalOf({ ...event, data: { hello: 'world' } }).code).toBe('UNKNOWN_TOOL');
  });
});

describe('JSON with a mapping', () => {
  const mapping = {
    items: '/jobs',
    fields: {
      kind: { value: 'BACKUP' },
      outcome: { pointer: '/state', values: { ok: 'PASSED', warn: 'PARTIAL', '1': 'FAILED' } },
      strength: { value: 'COMPLETED' },
      startedAt: { pointer: '/times/0' },
      recoveryPointAt: { pointer: '/times/0' },
      sizeBytes: { pointer: '/size' },
      runKey: { pointer: '/a~1b' },
    },
  };
  const job = { state: 'ok', times: ['2026-11-23 10:00:00'], size: 12, 'a/b': 77 };

  it('becomes records by the pointers that the inlet declares', () => {
    const { records, flags } = readOutput({ jobs: [job] }, { mapping, sourceTimeZone: 'Asia/Tokyo' });
    expect(records[0]).toMatchObject({ outcome: 'PASSED', strength: 'COMPLETED', sizeBytes: 12n, runKey: 'json:77' });
    expect(records[0]?.recoveryPointAt?.toISOString()).toBe('2026-11-23T01:00:00.000Z');
    expect(flags).toContain('SOURCE_TZ_USED');
  });

  it('has no record of a word that is not translated, which is never a success', () => {
    const jobs = [
      { ...job, state: 'PASSED' },
      { ...job, state: 1 },
    ];
    const { records, flags } = readOutput({ jobs }, { mapping });
    expect(records.map(({ outcome }) => outcome)).toEqual(['FAILED']);
    expect(flags).toContain('UNKNOWN_STATUS');
  });

  it('is refused when nothing is where the mapping points', () => {
    expect(refusalOf({ tasks: [] }, { mapping }).code).toBe('NOT_PARSEABLE');
    expect(refusalOf('hello', { mapping, tool: 'generic-json' }).code).toBe('NOT_PARSEABLE');
  });

  it.each([
    [{}, 'fields'],
    [{ fields: {} }, 'fields/outcome'],
    [{ fields: { outcome: { pointer: 'state' } } }, 'fields/outcome/pointer'],
    [{ fields: { outcome: { pointer: '/s', values: { ok: 'GREEN' } } } }, 'fields/outcome/values/ok'],
    [{ fields: { outcome: { value: 'PASSED' }, colour: { pointer: '/c' } } }, 'fields/colour'],
    [null, ''],
  ])('is refused with a mapping that is none: %j', (wrong, field) => {
    expect(() => checkMapping(wrong)).toThrow(
      expect.objectContaining({ code: 'INVALID_FIELDS', why: { reason: 'MAPPING', params: { field } } }),
    );
  });

  it('is reached by pointers that never leave it', () => {
    expect(pointed({ a: [{ '~': 1 }] }, '/a/0/~0')).toBe(1);
    for (const path of ['/constructor', '/a/length', '/__proto__', '/a/b/c'])
      expect(pointed({ a: [1] }, path) ?? null).toBeNull();
  });

  it('is asked for nothing else than its own inlet', () => {
    expect(() => readSubmission(outputOf({ any: 'thing' }))).toThrow(expect.objectContaining({ code: 'UNKNOWN_TOOL' }));
  });
});

describe('what a command printed, behind an address that says how it ended', () => {
  const bare = { command: null, startedAt: null, finishedAt: null };

  it.each([
    [0, 'PASSED'],
    [3, 'FAILED'],
  ])('is a ping with its log: %s', (exitCode, outcome) => {
    const { tool, records } = readOutput('copied 3 files\n', { ...bare, exitCode });
    expect([tool, records[0]?.outcome, records[0]?.strength]).toEqual(['ping', outcome, 'DECLARED']);
    expect(records[0]?.message).toContain('copied 3 files');
  });

  it.each(['{"state":"ok"}', '<html>502 Bad Gateway</html>'])(
    'is none where it is the output of something: %s',
    (stdout) => {
      expect(refusalOf(stdout, { ...bare, exitCode: 0 }).code).toBe('UNKNOWN_TOOL');
    },
  );
});
