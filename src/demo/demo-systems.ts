import type { DrillType, Outcome } from '../core/evidence/evidence';
import type { Tier } from '../core/importance/tier';
import type { Hosting, Lifecycle } from '../registry/systems/system.entity';

/** A drill of the past: how many days ago, how long the recovery took, and whether a falsifiable check was made. */
export interface DemoDrill {
  type: DrillType;
  daysAgo: number;
  minutes: number;
  checked: boolean;
}

/** What has happened around one system, in days before today; null or absent = never. */
export interface DemoSystem {
  code: string;
  name: string;
  nameEn: string;
  organisation: string;
  owner: string | null;
  tier: Tier;
  lifecycle?: Lifecycle;
  operatingDays: number;
  hosting: Hosting;
  publicFacing?: boolean;
  outsourced?: boolean;
  confidentiality: 1 | 2 | 3;
  rtoHours: number;
  rpoHours: number;
  mtdHours: number;
  procedure?: { approvedDaysAgo: number; reviewedDaysAgo?: number };
  backup?: {
    approvedDaysAgo: number | null;
    copies: 'three-with-offline' | 'three-online' | 'two';
    /** Hours since the newest recovery point; `fresh` keeps being renewed while the demo runs. */
    point: 'fresh' | number | null;
    verifiedDaysAgo?: number;
  };
  restores?: readonly { daysAgo: number; outcome: Outcome; minutes: number }[];
  drills?: readonly DemoDrill[];
  contactsDaysAgo?: number;
  importanceDaysAgo?: number;
  attestedDaysAgo?: number;
}

const drill = (type: DrillType, daysAgo: number, minutes = 90, checked = true): DemoDrill => ({
  type,
  daysAgo,
  minutes,
  checked,
});
const WELL_DRILLED = [drill('FULL_SCALE', 70, 180), drill('NOTIFICATION', 40, 20)];

export const DEMO_SYSTEMS: readonly DemoSystem[] = [
  {
    code: 'RYOHI',
    name: '旅費等内部管理システム',
    nameEn: 'Travel and expenses',
    organisation: 'MIHON-SEC',
    owner: 'owner@demo.example',
    tier: 'HIGH',
    operatingDays: 900,
    hosting: 'ON_PREMISES',
    outsourced: true,
    confidentiality: 2,
    rtoHours: 4,
    rpoHours: 1,
    mtdHours: 12,
    procedure: { approvedDaysAgo: 300, reviewedDaysAgo: 60 },
    backup: { approvedDaysAgo: 100, copies: 'three-with-offline', point: 'fresh', verifiedDaysAgo: 3 },
    restores: [{ daysAgo: 40, outcome: 'PASSED', minutes: 150 }],
    drills: WELL_DRILLED,
    contactsDaysAgo: 20,
    importanceDaysAgo: 120,
    attestedDaysAgo: 90,
  },
  {
    // The red story: the restore took far longer than the objective, the newest recovery point is old, and nobody has looked since.
    code: 'SHINSEI',
    name: '電子申請受付基盤',
    nameEn: 'Online applications',
    organisation: 'MIHON-DIG',
    owner: 'owner@demo.example',
    tier: 'HIGH',
    operatingDays: 700,
    hosting: 'CLOUD',
    publicFacing: true,
    outsourced: true,
    confidentiality: 3,
    rtoHours: 4,
    rpoHours: 1,
    mtdHours: 12,
    procedure: { approvedDaysAgo: 250, reviewedDaysAgo: 200 },
    backup: { approvedDaysAgo: 90, copies: 'three-with-offline', point: 30, verifiedDaysAgo: 19 },
    restores: [
      { daysAgo: 100, outcome: 'PASSED', minutes: 210 },
      { daysAgo: 12, outcome: 'PASSED', minutes: 560 },
    ],
    drills: [drill('FUNCTIONAL', 215, 170), drill('TABLETOP', 30, 60, false)],
    contactsDaysAgo: 130,
    importanceDaysAgo: 100,
    attestedDaysAgo: 340,
  },
  {
    code: 'NINSHO',
    name: '認証基盤（職員用）',
    nameEn: 'Staff sign-in',
    organisation: 'MIHON-DIG',
    owner: 'owner@demo.example',
    tier: 'HIGH',
    operatingDays: 800,
    hosting: 'HYBRID',
    confidentiality: 3,
    rtoHours: 2,
    rpoHours: 1,
    mtdHours: 8,
    procedure: { approvedDaysAgo: 140 },
    backup: { approvedDaysAgo: 150, copies: 'three-online', point: 'fresh', verifiedDaysAgo: 2 },
    restores: [{ daysAgo: 80, outcome: 'PASSED', minutes: 95 }],
    drills: [drill('FULL_SCALE', 150, 110), drill('NOTIFICATION', 100, 25)],
    contactsDaysAgo: 50,
    importanceDaysAgo: 200,
    attestedDaysAgo: 60,
  },
  {
    code: 'KYUYO',
    name: '給与・人事管理システム',
    nameEn: 'Pay and personnel',
    organisation: 'MIHON-SEC',
    owner: 'deputy@demo.example',
    tier: 'HIGH',
    operatingDays: 12,
    hosting: 'ON_PREMISES',
    confidentiality: 3,
    rtoHours: 4,
    rpoHours: 1,
    mtdHours: 12,
    procedure: { approvedDaysAgo: 5 },
  },
  {
    code: 'BUNSHO',
    name: '文書管理システム',
    nameEn: 'Records management',
    organisation: 'MIHON-SEC',
    owner: 'owner@demo.example',
    tier: 'MODERATE',
    operatingDays: 1200,
    hosting: 'ON_PREMISES',
    confidentiality: 2,
    rtoHours: 12,
    rpoHours: 24,
    mtdHours: 48,
    procedure: { approvedDaysAgo: 500, reviewedDaysAgo: 120 },
    backup: { approvedDaysAgo: 200, copies: 'three-with-offline', point: 'fresh', verifiedDaysAgo: 12 },
    restores: [{ daysAgo: 100, outcome: 'PASSED', minutes: 300 }],
    drills: [drill('FUNCTIONAL', 150, 280), drill('NOTIFICATION', 90, 20)],
    contactsDaysAgo: 60,
    importanceDaysAgo: 100,
    attestedDaysAgo: 120,
  },
  {
    code: 'HOJO',
    name: '補助金審査支援システム',
    nameEn: 'Grant review',
    organisation: 'MIHON-IND',
    owner: 'deputy@demo.example',
    tier: 'MODERATE',
    operatingDays: 600,
    hosting: 'CLOUD',
    outsourced: true,
    confidentiality: 2,
    rtoHours: 12,
    rpoHours: 24,
    mtdHours: 48,
    procedure: { approvedDaysAgo: 340 },
    backup: { approvedDaysAgo: 120, copies: 'three-with-offline', point: 'fresh', verifiedDaysAgo: 25 },
    restores: [{ daysAgo: 165, outcome: 'PASSED', minutes: 340 }],
    drills: [drill('FUNCTIONAL', 320, 330), drill('NOTIFICATION', 200, 15)],
    contactsDaysAgo: 120,
    importanceDaysAgo: 300,
    attestedDaysAgo: 300,
  },
  {
    code: 'WEB',
    name: '公式ウェブサイト',
    nameEn: 'Public website',
    organisation: 'MIHON-DIG',
    owner: 'owner@demo.example',
    tier: 'MODERATE',
    operatingDays: 1500,
    hosting: 'CLOUD',
    publicFacing: true,
    outsourced: true,
    confidentiality: 1,
    rtoHours: 6,
    rpoHours: 24,
    mtdHours: 24,
    procedure: { approvedDaysAgo: 100 },
    backup: { approvedDaysAgo: 100, copies: 'two', point: 'fresh', verifiedDaysAgo: 20 },
    restores: [{ daysAgo: 30, outcome: 'PASSED', minutes: 90 }],
    drills: [drill('FUNCTIONAL', 60, 100, false)],
    contactsDaysAgo: 30,
    importanceDaysAgo: 30,
    attestedDaysAgo: 30,
  },
  {
    code: 'KENKYU-DATA',
    name: '研究データ共有基盤',
    nameEn: 'Research data',
    organisation: 'RESEARCH',
    owner: 'kenkyu@demo.example',
    tier: 'MODERATE',
    operatingDays: 400,
    hosting: 'ON_PREMISES',
    confidentiality: 2,
    rtoHours: 12,
    rpoHours: 24,
    mtdHours: 48,
    procedure: { approvedDaysAgo: 420, reviewedDaysAgo: 390 },
    backup: { approvedDaysAgo: null, copies: 'three-online', point: 50 },
    importanceDaysAgo: 380,
  },
  {
    code: 'KENSA',
    name: '検査結果登録システム',
    nameEn: 'Inspection results',
    organisation: 'INSPECT',
    owner: 'kensa@demo.example',
    tier: 'MODERATE',
    operatingDays: 25,
    hosting: 'ON_PREMISES',
    confidentiality: 2,
    rtoHours: 12,
    rpoHours: 24,
    mtdHours: 48,
    procedure: { approvedDaysAgo: 10 },
    backup: { approvedDaysAgo: 8, copies: 'three-with-offline', point: 'fresh', verifiedDaysAgo: 4 },
  },
  {
    code: 'KENSHU',
    name: '職員研修ポータル',
    nameEn: 'Staff training',
    organisation: 'MIHON-SEC',
    owner: 'owner@demo.example',
    tier: 'LOW',
    operatingDays: 700,
    hosting: 'CLOUD',
    outsourced: true,
    confidentiality: 1,
    rtoHours: 72,
    rpoHours: 168,
    mtdHours: 168,
    procedure: { approvedDaysAgo: 200 },
    backup: { approvedDaysAgo: 200, copies: 'two', point: 'fresh', verifiedDaysAgo: 10 },
    restores: [{ daysAgo: 200, outcome: 'PASSED', minutes: 600 }],
    drills: [drill('TABLETOP', 100, 60, false), drill('NOTIFICATION', 100, 15)],
    contactsDaysAgo: 100,
    importanceDaysAgo: 300,
    attestedDaysAgo: 150,
  },
  {
    code: 'TOSHO',
    name: '図書室蔵書検索',
    nameEn: 'Library catalogue',
    organisation: 'RESEARCH',
    owner: null,
    tier: 'LOW',
    operatingDays: 2000,
    hosting: 'ON_PREMISES',
    confidentiality: 1,
    rtoHours: 72,
    rpoHours: 168,
    mtdHours: 168,
    procedure: { approvedDaysAgo: 600 },
    backup: { approvedDaysAgo: 350, copies: 'two', point: 200, verifiedDaysAgo: 60 },
    importanceDaysAgo: 600,
  },
  {
    code: 'KAIGI',
    name: '会議室予約システム',
    nameEn: 'Meeting rooms',
    organisation: 'INSPECT',
    owner: 'kensa@demo.example',
    tier: 'LOW',
    operatingDays: 300,
    hosting: 'CLOUD',
    confidentiality: 1,
    rtoHours: 72,
    rpoHours: 168,
    mtdHours: 168,
    procedure: { approvedDaysAgo: 200, reviewedDaysAgo: 20 },
    backup: { approvedDaysAgo: 200, copies: 'two', point: 'fresh', verifiedDaysAgo: 15 },
    restores: [{ daysAgo: 320, outcome: 'PASSED', minutes: 200 }],
    drills: [drill('TABLETOP', 330, 45, false)],
    contactsDaysAgo: 200,
    importanceDaysAgo: 200,
    attestedDaysAgo: 200,
  },
  {
    code: 'TOKEI',
    name: '次期統計調査オンラインシステム',
    nameEn: 'Next statistics system',
    organisation: 'MIHON-DIG',
    owner: 'owner@demo.example',
    tier: 'HIGH',
    lifecycle: 'PLANNED',
    operatingDays: 0,
    hosting: 'CLOUD',
    publicFacing: true,
    confidentiality: 2,
    rtoHours: 4,
    rpoHours: 1,
    mtdHours: 12,
  },
];
