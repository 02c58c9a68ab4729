import { isSealed, sealOfProof, sealOfRun } from './evidence-seal';

const PROOF = {
  ...{ systemId: 's', kind: 'DRILL', strength: 'DECLARED', outcome: 'PASSED', performerId: 'p', source: 'MANUAL' },
  ...{
    performedAt: new Date('2026-11-20T01:02:03.456Z'),
    drill: { type: 'TABLETOP', check: undefined },
    tool: undefined,
  },
};
/** A proof as the register gives it back. */
const kept = (proof: object, more: object = {}): Parameters<typeof isSealed>[0] =>
  JSON.parse(
    JSON.stringify({
      ...{ recoveryPointAt: null, tool: null, runId: null, note: null, link: null, id: 'e', usable: true },
      ...proof,
      ...{ recordedById: 'p', recordedAt: '2026-11-20T02:00:00.000Z', sha256: sealOfProof(proof), ...more },
    }),
  );

describe('the seal of a proof', () => {
  it('is found again in what is kept of it', () => {
    expect(isSealed(kept(PROOF))).toBe(true);
    expect(isSealed(kept({ ...PROOF, recordedById: 'q' }, { recordedById: 'q' }))).toBe(true);
    expect(isSealed(kept({ ...PROOF, recordedById: 'q', recordedAt: new Date('2026-11-21T00:00:00Z') }, {}))).toBe(
      false,
    );
  });

  it('is also that of a drill which was claimed as passed and kept as failed, and of no other kind', () => {
    expect(isSealed(kept(PROOF, { outcome: 'FAILED' }))).toBe(true);
    expect(isSealed(kept({ ...PROOF, kind: 'BACKUP' }, { outcome: 'FAILED' }))).toBe(false);
    expect(isSealed(kept({ ...PROOF, outcome: 'FAILED' }, { outcome: 'PASSED' }))).toBe(false);
  });

  it.each(['systemId', 'kind', 'strength', 'performedAt', 'performerId', 'source', 'note', 'link', 'runId', 'drill'])(
    'is another when %s is',
    (name) => expect(isSealed(kept(PROOF, { [name]: 'another' }))).toBe(false),
  );
});

describe('the seal of a run', () => {
  const run = {
    systemId: 's',
    kind: 'BACKUP',
    outcome: 'PASSED',
    sizeBytes: '12',
    flags: [],
    run: { host: 'h' },
    source: 'INLET',
  };

  it('is found again whatever the record is called, and not when it says something else', () => {
    const record = { ...run, id: 'e', submissionId: 'x', recordedAt: 'later', sha256: sealOfRun(run) };
    expect(isSealed(record)).toBe(true);
    expect(isSealed({ ...record, sizeBytes: '13' })).toBe(false);
    expect(isSealed({ ...record, run: { host: 'another' } })).toBe(false);
  });
});
