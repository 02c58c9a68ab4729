import { Tier, TIERS } from '../importance/tier';
import { parseMinutes } from '../time/duration';
import { DEFAULT_POLICY } from './default-policy';
import { Condition, Rule, TierTerms } from './rule';

type Cell = TierTerms | null;
type Row = [key: string, HIGH: Cell, MODERATE: Cell, LOW: Cell];

const gating: TierTerms = { gating: true };
const advisory: TierTerms = { gating: false };
const gates = (cadence: string): Cell => ({ gating: true, cadence });
const informs = (cadence: string): Cell => ({ gating: false, cadence });
const atMost = (duration: string): Cell => ({ gating: false, maxMinutes: parseMinutes(duration) });
const copies = (wanted: TierTerms['copies'], terms: TierTerms): Cell => ({ ...terms, copies: wanted });

const PUBLIC_FACING: Condition = { field: 'publicFacing', equals: true };
const CONFIDENTIAL: Condition = { field: 'confidentiality', atLeast: 2 };

/** domain.md section 3, row by row and cell by cell; null is the dash in a tier that owes nothing. */
const TABLE: readonly Row[] = [
  ['rto-maximum', atMost('PT4H'), atMost('PT12H'), atMost('PT72H')],
  ['rpo-maximum', atMost('PT1H'), atMost('PT24H'), atMost('P7D')],
  ['mtd-maximum', atMost('PT12H'), atMost('PT48H'), atMost('P7D')],
  ['procedure-approved', gating, gating, gating],
  ['procedure-review', gates('P6M'), gates('P12M'), gates('P12M')],
  ['contacts-confirmed', informs('P3M'), informs('P6M'), informs('P12M')],
  ['backup-requirement-declared', gating, gating, gating],
  ['backup-requirement-review', gates('P6M'), gates('P12M'), gates('P12M')],
  ['recovery-point-fresh', gating, gating, gating],
  [
    'backup-copies',
    copies({ copies: 3, offsite: 1 }, gating),
    copies({ copies: 3, offsite: 1 }, gating),
    copies({ copies: 2, offsite: 1 }, gating),
  ],
  [
    'backup-offline-copy',
    copies({ offlineOrImmutable: 1 }, gating),
    copies({ offlineOrImmutable: 1 }, gating),
    copies({ offlineOrImmutable: 1 }, { gating: false, advisedOnly: true }),
  ],
  [
    'backup-encrypted',
    copies({ encrypted: true }, advisory),
    copies({ encrypted: true }, advisory),
    copies({ encrypted: true }, { gating: false, conditions: [CONFIDENTIAL] }),
  ],
  ['backup-verification', gates('P7D'), gates('P1M'), gates('P1M')],
  ['restore-test', gates('P3M'), gates('P6M'), gates('P12M')],
  ['drill-tabletop', informs('P12M'), informs('P12M'), informs('P12M')],
  ['drill-functional', gates('P6M'), gates('P12M'), null],
  ['drill-full-scale', gates('P12M'), null, null],
  ['drill-notification', informs('P6M'), informs('P12M'), informs('P12M')],
  ['importance-review', informs('P12M'), informs('P12M'), informs('P24M')],
  ['redundancy-and-anti-ddos', informs('P12M'), { gating: false, cadence: 'P12M', conditions: [PUBLIC_FACING] }, null],
  ['administrator-mfa', gates('P12M'), informs('P12M'), informs('P12M')],
  ['real-time-log-analysis', informs('P12M'), null, null],
  ['contractor-measures', informs('P12M'), informs('P12M'), informs('P12M')],
  ['cloud-service-selection', informs('P12M'), informs('P12M'), informs('P12M')],
  ['important-software-settings', informs('P6M'), informs('P12M'), informs('P12M')],
  ['vulnerability-assessment', informs('P12M'), informs('P12M'), informs('P24M')],
];

const ruleOf = (key: string): Rule => DEFAULT_POLICY.rules.find((rule) => rule.key === key) as Rule;

describe('the default policy', () => {
  it('has every row of the table, in its order, and no other', () => {
    expect(DEFAULT_POLICY.rules.map(({ key }) => key)).toEqual(TABLE.map(([key]) => key));
  });

  const cells = TABLE.flatMap(([key, ...row]) =>
    TIERS.map((tier, index) => ({ key, tier, terms: row[index] as Cell })),
  );

  it.each(cells)('$key asks of $tier exactly $terms', ({ key, tier, terms }) => {
    expect(ruleOf(key).tiers[tier] ?? null).toEqual(terms);
  });

  it.each<[Tier, string]>([
    ['HIGH', 'P30D'],
    ['MODERATE', 'P60D'],
    ['LOW', 'P90D'],
  ])('gives %s a grace of %s', (tier, grace) => {
    expect(DEFAULT_POLICY.grace[tier]).toBe(grace);
  });

  it('lets an approved review stand for 30 days after a change', () => {
    expect(DEFAULT_POLICY.reviewAfterChange).toBe('P30D');
  });
});

const REVIEW_OR_APPROVAL = ['REVIEW', 'APPROVAL'];

/** What is owed of what, and what proves it. */
const PROOFS: readonly [key: string, kind: Rule['kind'], scope: Rule['scope'], metBy: unknown, minStrength?: string][] =
  [
    ['rto-maximum', 'TARGET', 'SYSTEM', undefined],
    ['rpo-maximum', 'TARGET', 'SYSTEM', undefined],
    ['mtd-maximum', 'TARGET', 'SYSTEM', undefined],
    ['procedure-approved', 'APPROVAL', 'SYSTEM', { kinds: ['APPROVAL'], subject: 'PROCEDURE' }],
    ['procedure-review', 'REVIEW', 'SYSTEM', { kinds: REVIEW_OR_APPROVAL, subject: 'PROCEDURE' }],
    ['contacts-confirmed', 'REVIEW', 'SYSTEM', { kinds: ['REVIEW'], subject: 'CONTACTS' }],
    [
      'backup-requirement-declared',
      'APPROVAL',
      'BACKUP_REQUIREMENT',
      { kinds: ['APPROVAL'], subject: 'BACKUP_REQUIREMENT' },
    ],
    [
      'backup-requirement-review',
      'REVIEW',
      'BACKUP_REQUIREMENT',
      { kinds: REVIEW_OR_APPROVAL, subject: 'BACKUP_REQUIREMENT' },
    ],
    ['recovery-point-fresh', 'RECOVERY_POINT', 'BACKUP_REQUIREMENT', { kinds: ['BACKUP'] }, 'LISTED'],
    ['backup-copies', 'COPIES', 'BACKUP_REQUIREMENT', { kinds: ['APPROVAL'], subject: 'BACKUP_REQUIREMENT' }],
    ['backup-offline-copy', 'COPIES', 'BACKUP_REQUIREMENT', { kinds: ['APPROVAL'], subject: 'BACKUP_REQUIREMENT' }],
    ['backup-encrypted', 'COPIES', 'BACKUP_REQUIREMENT', { kinds: ['APPROVAL'], subject: 'BACKUP_REQUIREMENT' }],
    ['backup-verification', 'VERIFICATION', 'BACKUP_REQUIREMENT', { kinds: ['VERIFICATION'] }, 'STRUCTURE_CHECKED'],
    ['restore-test', 'RESTORE_TEST', 'SYSTEM', { kinds: ['RESTORE_TEST'] }, 'RESTORED'],
    ['drill-tabletop', 'DRILL', 'SYSTEM', { kinds: ['DRILL'], drillTypes: ['TABLETOP', 'FUNCTIONAL', 'FULL_SCALE'] }],
    ['drill-functional', 'DRILL', 'SYSTEM', { kinds: ['DRILL'], drillTypes: ['FUNCTIONAL', 'FULL_SCALE'] }],
    ['drill-full-scale', 'DRILL', 'SYSTEM', { kinds: ['DRILL'], drillTypes: ['FULL_SCALE'] }],
    ['drill-notification', 'DRILL', 'SYSTEM', { kinds: ['DRILL'], drillTypes: ['NOTIFICATION'] }],
    ['importance-review', 'REVIEW', 'SYSTEM', { kinds: ['REVIEW'], subject: 'IMPORTANCE' }],
    ...[
      'redundancy-and-anti-ddos',
      'administrator-mfa',
      'real-time-log-analysis',
      'contractor-measures',
      'cloud-service-selection',
      'important-software-settings',
      'vulnerability-assessment',
    ].map((key): [string, Rule['kind'], Rule['scope'], unknown] => [
      key,
      'ATTESTATION',
      'SYSTEM',
      { kinds: ['ATTESTATION'] },
    ]),
  ];

describe('the proof each rule of the default policy asks for', () => {
  const proofs = PROOFS.map(([key, kind, scope, metBy, minStrength]) => ({ key, kind, scope, metBy, minStrength }));

  it.each(proofs)('$key is a $kind owed by each $scope', ({ key, ...asked }) => {
    const { kind, scope, metBy, minStrength } = ruleOf(key);
    expect({ kind, scope, metBy, minStrength }).toEqual(asked);
  });

  it('says it of every rule', () => {
    expect(PROOFS.map(([key]) => key)).toEqual(TABLE.map(([key]) => key));
  });

  it.each([
    ['rto-maximum', 'RTO'],
    ['rpo-maximum', 'RPO'],
    ['mtd-maximum', 'MTD'],
  ])('%s limits the %s', (key, target) => {
    expect(ruleOf(key).target).toBe(target);
  });
});

describe('the rest of a rule of the default policy', () => {
  const CONDITIONS: Record<string, readonly Condition[]> = {
    'contractor-measures': [{ field: 'outsourced', equals: true }],
    // A hybrid system uses a cloud service as well.
    'cloud-service-selection': [{ field: 'hosting', in: ['CLOUD', 'HYBRID'] }, CONFIDENTIAL],
  };
  const OPTIONAL = [
    'contractor-measures',
    'cloud-service-selection',
    'important-software-settings',
    'vulnerability-assessment',
  ];

  it.each(TABLE.map(([key]) => key))('%s holds for the systems, and may be left out by the offices, it says', (key) => {
    const rule = ruleOf(key);
    expect(rule.conditions ?? []).toEqual(CONDITIONS[key] ?? []);
    expect(rule.optional ?? false).toBe(OPTIONAL.includes(key));
    expect(rule.anchor ?? 'LAST_DONE').toBe('LAST_DONE');
  });

  it('has a title of its own in both languages', () => {
    const { rules } = DEFAULT_POLICY;
    expect(new Set(rules.map(({ title }) => title.ja)).size).toBe(rules.length);
    expect(new Set(rules.map(({ title }) => title.en)).size).toBe(rules.length);
    expect(rules.every(({ title }) => /[ぁ-んァ-ヶ一-龠]/.test(title.ja) && /^[\x20-\x7e]+$/.test(title.en))).toBe(
      true,
    );
  });

  it('cites no clause of any standard', () => {
    expect(JSON.stringify(DEFAULT_POLICY)).not.toMatch(/\d+\.\d+/);
  });
});
