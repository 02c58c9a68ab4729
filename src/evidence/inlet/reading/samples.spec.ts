import { createHash } from 'node:crypto';
import { SAMPLES, assertedOf, factsOf, submissionOf } from '../../../../test/support/evidence-samples';
import { readSubmission } from './read-submission';

const BY_PAYLOAD_ALONE = ['restic-0.18-snapshots-empty'];

describe.each(SAMPLES.map((sample) => [sample.name, sample] as const))('the sample %s', (_, sample) => {
  const { expected } = sample;

  it('is as it was recorded', () => {
    expect(createHash('sha256').update(sample.stdout).digest('hex')).toBe(expected.raw_sha256);
  });

  it('gives the facts that it must', () => {
    const read = readSubmission(submissionOf(sample));
    expect(read.disposition).toBe(expected.disposition === 'accept' ? 'ACCEPTED' : 'ACCEPTED_NO_RECORDS');
    expect(read.records.map(({ runKey }) => runKey).sort()).toEqual(expected.records.map((r) => r['run_key']).sort());
    for (const wanted of expected.records) {
      const record = read.records.find(({ runKey }) => runKey === wanted['run_key'])!;
      expect(factsOf(record, wanted, expected.lenient_fields)).toEqual(assertedOf(wanted, expected.lenient_fields));
    }
    expect(read.flags).toEqual(expect.arrayContaining(expected.flags));
  });

  it('is known without the name of its tool', () => {
    const declared = readSubmission(submissionOf(sample));
    expect(readSubmission(submissionOf(sample, { tool: null }))).toEqual(declared);
  });
});

describe('samples', () => {
  it('are all there', () => {
    expect(SAMPLES.length).toBeGreaterThanOrEqual(48);
  });

  const telling = SAMPLES.filter(({ name, stdout }) => stdout.length > 0 && !BY_PAYLOAD_ALONE.includes(name));
  it.each(telling.map((sample) => [sample.name, sample] as const))('%s is known by its payload alone', (_, sample) => {
    const read = readSubmission(submissionOf(sample, { tool: null, command: null }));
    expect(read.tool).toBe(readSubmission(submissionOf(sample)).tool);
  });
});
