import type { DrillType, Outcome } from '../../core/evidence/evidence';
import type { Tier } from '../../core/importance/tier';
import type { Hosting, Lifecycle } from '../../registry/systems/system.entity';

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
  /** The systems that it needs. */
  needs?: { code: string; hard: boolean }[];
  /** What its owner asks not to have to meet for a time. */
  wantedWaiver?: { ruleKey: string; reason: string; measure: string; days: number; daysAgo: number };
  /** A change of tier that its owner has asked for and nobody has decided. */
  wantedTier?: { tier: Tier; reason: string; daysAgo: number };
}
