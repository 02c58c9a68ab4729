import { Tier } from '../importance/tier';
import { Condition, PolicyRules, Rule, TierTerms } from './rule';

const every = (
  cadence: Record<Tier, string | null>,
  gating: boolean | readonly Tier[],
): Partial<Record<Tier, TierTerms>> =>
  Object.fromEntries(
    Object.entries(cadence)
      .filter(([, period]) => period !== null)
      .map(([tier, period]) => [
        tier,
        { gating: typeof gating === 'boolean' ? gating : gating.includes(tier as Tier), cadence: period ?? undefined },
      ]),
  );

const inEveryTier = (terms: TierTerms): Partial<Record<Tier, TierTerms>> => ({
  HIGH: terms,
  MODERATE: terms,
  LOW: terms,
});

const maximum = (HIGH: number, MODERATE: number, LOW: number): Partial<Record<Tier, TierTerms>> => ({
  HIGH: { gating: false, maxMinutes: HIGH },
  MODERATE: { gating: false, maxMinutes: MODERATE },
  LOW: { gating: false, maxMinutes: LOW },
});

const HOUR = 60;
const DAY = 24 * HOUR;

const TARGETS: readonly Rule[] = [
  {
    key: 'rto-maximum',
    kind: 'TARGET',
    title: { ja: '目標復旧時間の上限', en: 'Largest recovery time objective' },
    scope: 'SYSTEM',
    target: 'RTO',
    tiers: maximum(4 * HOUR, 12 * HOUR, 72 * HOUR),
  },
  {
    key: 'rpo-maximum',
    kind: 'TARGET',
    title: { ja: '目標復旧時点の上限', en: 'Largest recovery point objective' },
    scope: 'SYSTEM',
    target: 'RPO',
    tiers: maximum(HOUR, 24 * HOUR, 7 * DAY),
  },
  {
    key: 'mtd-maximum',
    kind: 'TARGET',
    title: { ja: '最大許容停止時間の上限', en: 'Largest tolerable downtime' },
    scope: 'SYSTEM',
    target: 'MTD',
    tiers: maximum(12 * HOUR, 48 * HOUR, 7 * DAY),
  },
];

const PROCEDURES: readonly Rule[] = [
  {
    key: 'procedure-approved',
    kind: 'APPROVAL',
    title: { ja: '復旧手順の整備', en: 'Recovery procedure approved' },
    scope: 'SYSTEM',
    metBy: { kinds: ['APPROVAL'], subject: 'PROCEDURE' },
    tiers: inEveryTier({ gating: true }),
  },
  {
    key: 'procedure-review',
    kind: 'REVIEW',
    title: { ja: '復旧手順の見直し', en: 'Recovery procedure reviewed' },
    scope: 'SYSTEM',
    metBy: { kinds: ['REVIEW', 'APPROVAL'], subject: 'PROCEDURE' },
    tiers: every({ HIGH: 'P6M', MODERATE: 'P12M', LOW: 'P12M' }, true),
  },
  {
    key: 'contacts-confirmed',
    kind: 'REVIEW',
    title: { ja: '連絡先の確認', en: 'Contact list confirmed' },
    scope: 'SYSTEM',
    metBy: { kinds: ['REVIEW'], subject: 'CONTACTS' },
    tiers: every({ HIGH: 'P3M', MODERATE: 'P6M', LOW: 'P12M' }, false),
  },
];

const BACKUPS: readonly Rule[] = [
  {
    key: 'backup-requirement-declared',
    kind: 'APPROVAL',
    title: { ja: 'バックアップ要件の整備', en: 'Backup requirement declared' },
    scope: 'BACKUP_REQUIREMENT',
    metBy: { kinds: ['APPROVAL'], subject: 'BACKUP_REQUIREMENT' },
    tiers: inEveryTier({ gating: true }),
  },
  {
    key: 'backup-requirement-review',
    kind: 'REVIEW',
    title: { ja: 'バックアップ要件の見直し', en: 'Backup requirement reviewed' },
    scope: 'BACKUP_REQUIREMENT',
    metBy: { kinds: ['REVIEW', 'APPROVAL'], subject: 'BACKUP_REQUIREMENT' },
    tiers: every({ HIGH: 'P6M', MODERATE: 'P12M', LOW: 'P12M' }, true),
  },
  {
    key: 'recovery-point-fresh',
    kind: 'RECOVERY_POINT',
    title: { ja: '復旧時点の新しさ', en: 'Recovery point fresh' },
    scope: 'BACKUP_REQUIREMENT',
    metBy: { kinds: ['BACKUP'] },
    minStrength: 'LISTED',
    tiers: inEveryTier({ gating: true }),
  },
  {
    key: 'backup-copies',
    kind: 'COPIES',
    title: { ja: '写しの数と遠隔地保管', en: 'Copies and off-site copy' },
    scope: 'BACKUP_REQUIREMENT',
    metBy: { kinds: ['APPROVAL'], subject: 'BACKUP_REQUIREMENT' },
    tiers: {
      HIGH: { gating: true, copies: { copies: 3, offsite: 1 } },
      MODERATE: { gating: true, copies: { copies: 3, offsite: 1 } },
      LOW: { gating: true, copies: { copies: 2, offsite: 1 } },
    },
  },
  {
    key: 'backup-offline-copy',
    kind: 'COPIES',
    title: { ja: 'オフライン又は変更不可の写し', en: 'Offline or immutable copy' },
    scope: 'BACKUP_REQUIREMENT',
    metBy: { kinds: ['APPROVAL'], subject: 'BACKUP_REQUIREMENT' },
    tiers: {
      HIGH: { gating: true, copies: { offlineOrImmutable: 1 } },
      MODERATE: { gating: true, copies: { offlineOrImmutable: 1 } },
      LOW: { gating: false, advisedOnly: true, copies: { offlineOrImmutable: 1 } },
    },
  },
  {
    key: 'backup-encrypted',
    kind: 'COPIES',
    title: { ja: '写しの暗号化', en: 'Copies encrypted' },
    scope: 'BACKUP_REQUIREMENT',
    metBy: { kinds: ['APPROVAL'], subject: 'BACKUP_REQUIREMENT' },
    tiers: {
      HIGH: { gating: false, copies: { encrypted: true } },
      MODERATE: { gating: false, copies: { encrypted: true } },
      LOW: { gating: false, copies: { encrypted: true }, conditions: [{ field: 'confidentiality', atLeast: 2 }] },
    },
  },
  {
    key: 'backup-verification',
    kind: 'VERIFICATION',
    title: { ja: 'バックアップ確認', en: 'Backup verified' },
    scope: 'BACKUP_REQUIREMENT',
    metBy: { kinds: ['VERIFICATION'] },
    minStrength: 'STRUCTURE_CHECKED',
    tiers: every({ HIGH: 'P7D', MODERATE: 'P1M', LOW: 'P1M' }, true),
  },
  {
    key: 'restore-test',
    kind: 'RESTORE_TEST',
    title: { ja: '復元試験', en: 'Restore tested' },
    scope: 'SYSTEM',
    metBy: { kinds: ['RESTORE_TEST'] },
    minStrength: 'RESTORED',
    tiers: every({ HIGH: 'P3M', MODERATE: 'P6M', LOW: 'P12M' }, true),
  },
];

/** A larger drill also exercises what the smaller one does, so it counts for it too. */
const DRILLS: readonly Rule[] = [
  {
    key: 'drill-tabletop',
    kind: 'DRILL',
    title: { ja: '机上訓練', en: 'Tabletop drill' },
    scope: 'SYSTEM',
    metBy: { kinds: ['DRILL'], drillTypes: ['TABLETOP', 'FUNCTIONAL', 'FULL_SCALE'] },
    tiers: every({ HIGH: 'P12M', MODERATE: 'P12M', LOW: 'P12M' }, false),
  },
  {
    key: 'drill-functional',
    kind: 'DRILL',
    title: { ja: '機能訓練', en: 'Functional drill' },
    scope: 'SYSTEM',
    metBy: { kinds: ['DRILL'], drillTypes: ['FUNCTIONAL', 'FULL_SCALE'] },
    tiers: every({ HIGH: 'P6M', MODERATE: 'P12M', LOW: null }, true),
  },
  {
    key: 'drill-full-scale',
    kind: 'DRILL',
    title: { ja: '総合訓練', en: 'Full-scale drill' },
    scope: 'SYSTEM',
    metBy: { kinds: ['DRILL'], drillTypes: ['FULL_SCALE'] },
    tiers: every({ HIGH: 'P12M', MODERATE: null, LOW: null }, true),
  },
  {
    key: 'drill-notification',
    kind: 'DRILL',
    title: { ja: '連絡訓練', en: 'Notification drill' },
    scope: 'SYSTEM',
    metBy: { kinds: ['DRILL'], drillTypes: ['NOTIFICATION'] },
    tiers: every({ HIGH: 'P6M', MODERATE: 'P12M', LOW: 'P12M' }, false),
  },
];

const attested = (
  key: string,
  title: Rule['title'],
  tiers: Rule['tiers'],
  conditions: readonly Condition[] = [],
  optional = false,
): Rule => ({
  key,
  kind: 'ATTESTATION',
  title,
  scope: 'SYSTEM',
  metBy: { kinds: ['ATTESTATION'] },
  tiers,
  conditions,
  optional,
});

const YEARLY: Record<Tier, string> = { HIGH: 'P12M', MODERATE: 'P12M', LOW: 'P12M' };

const MEASURES: readonly Rule[] = [
  {
    key: 'importance-review',
    kind: 'REVIEW',
    title: { ja: '重要度・業務影響の見直し', en: 'Importance and business impact reviewed' },
    scope: 'SYSTEM',
    metBy: { kinds: ['REVIEW'], subject: 'IMPORTANCE' },
    tiers: every({ HIGH: 'P12M', MODERATE: 'P12M', LOW: 'P24M' }, false),
  },
  attested(
    'redundancy-and-anti-ddos',
    { ja: '冗長化・サービス不能攻撃対策', en: 'Redundancy and anti-DDoS' },
    {
      HIGH: { gating: false, cadence: 'P12M' },
      MODERATE: { gating: false, cadence: 'P12M', conditions: [{ field: 'publicFacing', equals: true }] },
    },
  ),
  attested(
    'administrator-mfa',
    { ja: '管理者の多要素主体認証', en: 'Multi-factor sign-in of administrators' },
    every(YEARLY, ['HIGH']),
  ),
  attested(
    'real-time-log-analysis',
    { ja: 'リアルタイムログ分析', en: 'Real-time log analysis' },
    every({ HIGH: 'P12M', MODERATE: null, LOW: null }, false),
  ),
  attested(
    'contractor-measures',
    { ja: '業務委託先の対策（8種類）', en: "Contractor's eight measures" },
    every(YEARLY, false),
    [{ field: 'outsourced', equals: true }],
    true,
  ),
  attested(
    'cloud-service-selection',
    { ja: 'クラウドサービスの選定', en: 'Cloud service selection' },
    every(YEARLY, false),
    [
      { field: 'hosting', in: ['CLOUD', 'HYBRID'] },
      { field: 'confidentiality', atLeast: 2 },
    ],
    true,
  ),
  attested(
    'important-software-settings',
    { ja: '重要なソフトウェアの設定確認', en: 'Settings of important software checked' },
    every({ HIGH: 'P6M', MODERATE: 'P12M', LOW: 'P12M' }, false),
    [],
    true,
  ),
  attested(
    'vulnerability-assessment',
    { ja: '脆弱性診断', en: 'Vulnerability assessment' },
    every({ HIGH: 'P12M', MODERATE: 'P12M', LOW: 'P24M' }, false),
    [],
    true,
  ),
];

/**
 * The policy pack the product ships with (domain.md section 3, every row in its order). Values that no standard gives are
 * our defaults: the product never presents them as a standard's.
 */
export const DEFAULT_POLICY: PolicyRules = {
  grace: { HIGH: 'P30D', MODERATE: 'P60D', LOW: 'P90D' },
  reviewAfterChange: 'P30D',
  rules: [...TARGETS, ...PROCEDURES, ...BACKUPS, ...DRILLS, ...MEASURES],
};
