import * as fc from 'fast-check';
import { SAMPLES, submissionOf } from '../../../../test/support/evidence-samples';
import { growthOfTime, NEARLY_SQUARE } from '../../../../test/support/growth';
import { outputOf } from '../../../../test/support/inlet-outputs';
import { TOOLS } from '../tools/tools';
import { type ReadSubmission, readSubmission } from './read-submission';
import { REFUSAL_CODES, SubmissionRefused } from './refused';
import type { Submission } from './submission';

/** What came of it: a reading, or the code of a refusal. Anything else that is thrown fails the test. */
function attempt(submission: Submission): ReadSubmission | string {
  try {
    return readSubmission(submission);
  } catch (error) {
    if (error instanceof SubmissionRefused) return error.code;
    throw error;
  }
}

const passedIn = (read: ReadSubmission | string): string[] =>
  typeof read === 'string'
    ? []
    : read.records.filter(({ outcome }) => outcome === 'PASSED').map(({ kind, runKey }) => `${kind} ${runKey}`);

describe('an output that was cut', () => {
  it.each(SAMPLES.map((sample) => [sample.name, sample] as const))(
    'at any byte gives no success that the whole of %s does not give',
    (_, sample) => {
      const whole = new Set(passedIn(attempt(submissionOf(sample))));
      const step = Math.max(1, Math.floor(sample.stdout.length / 300));
      // Nothing at all is a ping by itself.
      for (let length = sample.meta.tool === 'ping' ? 1 : 0; length < sample.stdout.length; length += step) {
        const cut = attempt(submissionOf(sample, { stdout: sample.stdout.subarray(0, length) }));
        expect(passedIn(cut).filter((key) => !whole.has(key))).toEqual([]);
      }
      for (let length = 0; length < sample.stderr.length; length += 29) {
        const cut = attempt(submissionOf(sample, { stderr: sample.stderr.subarray(0, length) }));
        expect(passedIn(cut).filter((key) => !whole.has(key))).toEqual([]);
      }
    },
  );

  it.each(
    SAMPLES.filter(({ meta }) => meta.payload_file === 'payload.json' && meta.tool !== 'ping').map(
      (sample) => [sample.name, sample] as const,
    ),
  )('in the middle of the JSON of %s is refused', (_, sample) => {
    const stdout = sample.stdout.subarray(0, Math.floor(sample.stdout.toString().trimEnd().length / 2));
    const read = attempt(submissionOf(sample, { stdout }));
    if (sample.meta.exit_code === 0) expect(read).toBe('TRUNCATED');
    else expect(passedIn(read)).toEqual([]);
  });
});

describe('hostile bytes', () => {
  const tools = fc.constantFrom(null, ...TOOLS.map(({ tool }) => tool));
  const refuses = (submission: Submission): void => {
    const read = attempt(submission);
    if (typeof read === 'string') expect(REFUSAL_CODES).toContain(read);
  };

  it('of any kind are read or refused with a code, whatever tool is declared', () => {
    fc.assert(
      fc.property(
        tools,
        fc.uint8Array({ maxLength: 400 }),
        fc.option(fc.integer({ min: 0, max: 255 })),
        fc.option(fc.string()),
        (tool, bytes, exitCode, command) =>
          refuses(outputOf('', { tool, stdout: Buffer.from(bytes), stderr: Buffer.from(bytes), exitCode, command })),
      ),
      { numRuns: 700 },
    );
  });

  it('whose values cannot be made text are refused with a code', () => {
    refuses(outputOf('[{"jobid":{"toString":null}}]'));
  });

  it('that are JSON of any shape are read or refused with a code', () => {
    fc.assert(
      fc.property(tools, fc.json({ maxDepth: 6 }), (tool, json) => refuses(outputOf(json, { tool }))),
      { numRuns: 700 },
    );
  });

  it('put into a sample in place of others are read or refused with a code', () => {
    const samples = fc.constantFrom(...SAMPLES.filter(({ stdout }) => stdout.length > 8));
    fc.assert(
      fc.property(samples, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 8 }), (sample, place, bytes) => {
        const stdout = Buffer.from(sample.stdout);
        stdout.set(bytes, place % Math.max(1, stdout.length - bytes.length));
        refuses(submissionOf(sample, { stdout }));
      }),
      { numRuns: 700 },
    );
  });

  it.each([
    ['lists nested 100,000 deep', '['.repeat(100_000), 'TOO_DEEP'],
    ['objects nested 100,000 deep', '{"a":'.repeat(100_000), 'TOO_DEEP'],
    ['closed lists nested 65 deep', `${'['.repeat(65)}${']'.repeat(65)}`, 'TOO_DEEP'],
    ['a list that is not closed', '[{"id":"a"}', 'TRUNCATED'],
    ['a text that is not closed', '[{"id":"a', 'TRUNCATED'],
    ['no JSON', '<html>502 Bad Gateway</html>', 'NOT_PARSEABLE'],
    ['two documents', '[] []', 'NOT_PARSEABLE'],
    ['a key that is the prototype', '[{"__proto__":{"isAdmin":true}}]', 'NOT_PARSEABLE'],
    ['the same in escapes', '[{"\\u005f_proto__":{"isAdmin":true}}]', 'NOT_PARSEABLE'],
    ['a constructor with a prototype', '[{"constructor":{"prototype":{"x":1}}}]', 'NOT_PARSEABLE'],
    ['a NUL', '[]\0', 'WRONG_ENCODING'],
  ])('that are %s are refused', (_, text, code) => {
    expect(attempt(outputOf(text, { tool: 'restic', command: 'restic snapshots --json' }))).toBe(code);
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });

  it.each([
    ['broken UTF-8', Buffer.from([0x5b, 0xc3, 0x28, 0x5d])],
    ['CP932', Buffer.from([0x8b, 0xc6, 0x96, 0xb1])],
    ['half a character of UTF-16', Buffer.from([0xff, 0xfe, 0x5b, 0x00, 0x5d])],
    ['UTF-16 without a mark', Buffer.from('[]', 'utf16le')],
  ])('in %s are refused', (_, stdout) => {
    expect(attempt(outputOf('', { tool: 'restic', command: 'restic snapshots --json', stdout }))).toBe(
      'WRONG_ENCODING',
    );
  });

  it('beyond the limit are refused before they are read', () => {
    expect(attempt(outputOf('', { tool: 'restic', stdout: Buffer.alloc(16 * 1024 * 1024 + 1, '[') }))).toBe(
      'TOO_LARGE',
    );
  });

  const LENGTH = 400_000;
  const MONOTONIES = [
    '"',
    '\\',
    '{\n',
    '{}}\n',
    '[',
    '- \n',
    'a: b\n',
    'a = b\n',
    'rsync -a \\\n',
    'ERROR: ',
    'password=',
    'a:',
    '/a',
    ' ',
    '\u001b[',
    '| a ',
  ];

  it.each(MONOTONIES.map((unit) => [JSON.stringify(unit), unit]))(
    'that repeat %s take time by their length only',
    (_, unit) => {
      const growth = growthOfTime((length) => {
        const text = unit.repeat(Math.floor(length / unit.length));
        for (const tool of ['restic', 'duplicity', 'rsnapshot', 'bacula', 'borgmatic'])
          attempt(outputOf(text, { tool, exitCode: 1, stderr: Buffer.from(text) }));
      }, LENGTH);
      expect(growth).toBeLessThan(NEARLY_SQUARE);
    },
  );

  it.each([
    ['borgmatic', 'borgmatic create', 'c.yaml: Creating archive\n', 0],
    ['restic', 'restic check', 'pack ', 1],
    ['bacula', null, 'a JobId 1: Bacula ', 1],
    ['rsnapshot', null, 'lockfile ', 1],
  ])('that repeat the marks of %s take time by their length only', (tool, command, unit, exitCode) => {
    const growth = growthOfTime((length) => {
      const text = unit.repeat(Math.floor(length / unit.length));
      attempt(outputOf(text, { tool, command, exitCode, stderr: Buffer.from(text) }));
    }, LENGTH);
    expect(growth).toBeLessThan(NEARLY_SQUARE);
  });
});
