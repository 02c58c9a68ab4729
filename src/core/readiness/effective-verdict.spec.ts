import { type DependentSystem, effectiveVerdict } from './effective-verdict';
import type { Verdict } from './system-verdict';

const system = (id: string, verdict: Verdict | null, ...needs: string[]): DependentSystem => ({ id, verdict, needs });

describe('the effective verdict', () => {
  it('is the own one where nothing is needed, or nothing worse', () => {
    expect(effectiveVerdict('a', [system('a', 'AT_RISK')])).toEqual({ verdict: 'AT_RISK', chain: [] });
    const equal = [system('a', 'AT_RISK', 'b', 'c'), system('b', 'AT_RISK'), system('c', 'READY')];
    expect(effectiveVerdict('a', equal)).toEqual({ verdict: 'AT_RISK', chain: [] });
  });

  it('is the worst of what is needed, however far away, and names the way there', () => {
    const all = [
      system('a', 'READY', 'b', 'c'),
      system('b', 'AT_RISK', 'd'),
      system('c', 'READY'),
      system('d', 'NOT_READY'),
    ];
    expect(effectiveVerdict('a', all)).toEqual({ verdict: 'NOT_READY', chain: ['b', 'd'] });
    expect(effectiveVerdict('b', all)).toEqual({ verdict: 'NOT_READY', chain: ['d'] });
  });

  it('is decided by the nearest of several that are equally bad', () => {
    const all = [
      system('a', 'READY', 'b', 'c'),
      system('b', 'READY', 'd'),
      system('c', 'NOT_READY'),
      system('d', 'NOT_READY'),
    ];
    expect(effectiveVerdict('a', all)?.chain).toEqual(['c']);
  });

  it('takes the shortest of several ways, once, and ends in a circle too', () => {
    const diamond = [
      system('a', 'READY', 'b', 'c'),
      system('b', 'READY', 'x'),
      system('x', 'READY', 'd'),
      system('c', 'READY', 'd'),
      system('d', 'UNKNOWN', 'a'),
    ];
    expect(effectiveVerdict('a', diamond)).toEqual({ verdict: 'UNKNOWN', chain: ['c', 'd'] });
  });

  it('is not made by what has no verdict, and there is none without an own one', () => {
    expect(effectiveVerdict('a', [system('a', 'READY', 'b', 'gone'), system('b', null)])).toEqual({
      ...{ verdict: 'READY', chain: [] },
    });
    expect(effectiveVerdict('a', [system('a', null, 'b'), system('b', 'NOT_READY')])).toBeNull();
  });
});
