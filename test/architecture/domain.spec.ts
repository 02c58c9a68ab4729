import { type Tier, TIERS } from '../../src/core/importance/tier';
import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import type { Condition, Rule, TierTerms } from '../../src/core/policy/rule';
import { formatMinutes } from '../../src/core/time/duration';
import { filesUnder, read } from './source-tree';

const DOMAIN = read('docs/domain.md');

const said = (condition: Condition): string => {
  if ('equals' in condition) return condition.equals ? `if ${condition.field}` : `unless ${condition.field}`;
  if ('in' in condition) return `if ${condition.field} ${condition.in.join(' or ')}`;
  return `if ${condition.field} >= ${condition.atLeast}`;
};

function termsOf(rule: Rule, terms: TierTerms | undefined): string {
  if (!terms) return '–';
  const { copies, offsite, offlineOrImmutable, encrypted } = terms.copies ?? {};
  const asked = [
    terms.maxMinutes && formatMinutes(terms.maxMinutes),
    terms.cadence,
    rule.kind === 'APPROVAL' && 'once',
    rule.kind === 'RECOVERY_POINT' && 'continuous',
    copies && `${copies} copies`,
    offsite && `${offsite} off-site`,
    offlineOrImmutable && `${offlineOrImmutable} offline or immutable`,
    encrypted && 'all encrypted',
  ].filter(Boolean);
  const conditions = (terms.conditions ?? []).map((condition) => ` ${said(condition)}`);
  return `${asked.join(', ')}${conditions.join('')}${terms.advisedOnly ? ' (advised)' : ''}`;
}

function gatingOf({ kind, tiers }: Rule): string {
  if (kind === 'TARGET') return '–';
  const owing = TIERS.filter((tier: Tier) => tiers[tier]);
  const gating = owing.filter((tier) => tiers[tier]?.gating);
  if (gating.length === 0) return 'no';
  return gating.length === owing.length ? 'yes' : gating.join(', ');
}

const rowOf = (rule: Rule): string[] => [
  `\`${rule.key}\``,
  ...TIERS.map((tier) => termsOf(rule, rule.tiers[tier])),
  gatingOf(rule),
  [...(rule.optional ? ['optional'] : []), ...(rule.conditions ?? []).map(said)].join(', ') || '–',
];

describe('the rules as they are written down', () => {
  it('have the included policy, cell by cell, each row with where it is from', () => {
    const rows = [...DOMAIN.matchAll(/^\| `[a-z-]+`.*$/gm)].map(([line]) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(rows.map((row) => row.slice(0, 6))).toEqual(DEFAULT_POLICY.rules.map(rowOf));
    expect(rows.filter((row) => !row[6])).toEqual([]);
  });

  it('name the grace of each tier, and what a change reopens', () => {
    for (const tier of TIERS) expect(DOMAIN).toContain(`${DEFAULT_POLICY.grace[tier]}`);
    expect(DOMAIN).toContain(`reopens reviews within ${DEFAULT_POLICY.reviewAfterChange}`);
  });

  it('have every section that a comment in the code names', () => {
    const headings = [...DOMAIN.matchAll(/^## (\d+)\. /gm)].map(([, number]) => number);
    const named = filesUnder('src', 'test', 'web/src')
      .filter((path) => /\.tsx?$/.test(path))
      .flatMap((path) => [...read(path).matchAll(/domain\.md sections? (\d+)(?: and (\d+))?/g)])
      .flatMap(([, first, second]) => [first, second].filter(Boolean));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((number) => !headings.includes(number))).toEqual([]);
  });
});
