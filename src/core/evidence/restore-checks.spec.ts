import { checkPassed, judgeRestore, type RestoreCheck } from './restore-checks';

const check = (more: Partial<RestoreCheck> = {}): RestoreCheck => ({
  ...{ title: '件数', expected: '120', observed: '120', passed: null, ...more },
});

describe('a check after a restore', () => {
  it.each([
    [check(), true],
    [check({ observed: ' 120\n' }), true],
    [check({ observed: '119' }), false],
    [check({ observed: '119', passed: true }), true],
    [check({ passed: false }), false],
  ])('%j passed: %s', (one, passed) => {
    expect(checkPassed(one)).toBe(passed);
  });
});

describe('a restore test', () => {
  it('that was looked at proves more than one that was only restored', () => {
    expect(judgeRestore('PASSED', [])).toEqual({ outcome: 'PASSED', strength: 'RESTORED' });
    expect(judgeRestore('PASSED', [check()])).toEqual({ outcome: 'PASSED', strength: 'VALIDATED' });
  });

  it('is a failure when a check did not pass, whatever was claimed', () => {
    expect(judgeRestore('PASSED', [check(), check({ observed: '0' })])).toEqual({
      outcome: 'FAILED',
      strength: 'RESTORED',
    });
  });

  it('stays what was claimed when nothing speaks against it', () => {
    expect(judgeRestore('PARTIAL', [check()]).outcome).toBe('PARTIAL');
  });
});
