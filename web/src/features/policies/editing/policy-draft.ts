import type { Hosting, PolicyRule, Strength, Tier, TierTerms } from '../../../api/types';
import { writeDuration } from '../../../ui/format/duration';

/** A test on one field of a system. */
export type Condition =
  | { field: 'outsourced' | 'publicFacing'; equals: boolean }
  | { field: 'hosting'; in: Hosting[] }
  | { field: 'confidentiality'; atLeast: number };

export type Copies = NonNullable<TierTerms['copies']>;

/** What one tier owes, as a draft holds it; maxima are whole minutes. */
export interface Terms {
  gating: boolean;
  cadence?: string;
  maxMinutes?: number;
  copies?: Copies;
  conditions?: Condition[];
  advisedOnly?: boolean;
}

/** A rule as data, as `GET /policies/:id/rules` gives it. */
export interface Rule {
  key: string;
  kind: PolicyRule['kind'];
  title: { ja: string; en: string };
  scope: 'SYSTEM' | 'BACKUP_REQUIREMENT';
  target?: string;
  metBy?: { kinds: string[]; subject?: string; drillTypes?: string[]; sharedDrills?: boolean };
  minStrength?: Strength;
  anchor?: 'LAST_DONE' | 'FISCAL_YEAR';
  conditions?: Condition[];
  optional?: boolean;
  clause?: string;
  edition?: string;
  tiers: Partial<Record<Tier, Terms>>;
}

export interface PolicyDraft {
  grace: Record<Tier, string>;
  reviewAfterChange: string;
  rules: Rule[];
}

export const TIERS: readonly Tier[] = ['HIGH', 'MODERATE', 'LOW'];

/** The kinds whose proof is renewed. */
export const HAS_CADENCE: readonly Rule['kind'][] = ['REVIEW', 'VERIFICATION', 'RESTORE_TEST', 'DRILL', 'ATTESTATION'];

/** Whole minutes in the largest unit that holds them evenly. */
export function maximumOf(minutes: number): string {
  if (minutes % 1440 === 0) return writeDuration({ amount: minutes / 1440, unit: 'days' });
  if (minutes % 60 === 0) return writeDuration({ amount: minutes / 60, unit: 'hours' });
  return writeDuration({ amount: minutes, unit: 'minutes' });
}

/** What a tier of a draft owes, in the form in which the pages show it. */
export function shownTerms(rule: Rule, tier: Tier): TierTerms | null {
  const terms = rule.tiers[tier];
  if (!terms) return null;
  return {
    required: !terms.advisedOnly,
    gating: terms.gating,
    cadence: terms.cadence ?? null,
    grace: '',
    minStrength: rule.minStrength ?? null,
    maximum: terms.maxMinutes === undefined ? null : maximumOf(terms.maxMinutes),
    copies: terms.copies ?? null,
    conditions: (terms.conditions as TierTerms['conditions']) ?? [],
  };
}

/** A measure that somebody attests once a year, as a rule without code; its key is made of its English name. */
export function newMeasure(title: Rule['title'], taken: readonly Rule[]): Rule {
  const words =
    title.en
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join('-')
      .slice(0, 80) ?? 'measure';
  const isTaken = (key: string) => taken.some((rule) => rule.key === key);
  let key = words;
  for (let n = 2; isTaken(key); n += 1) key = `${words}-${n}`;
  const yearly: Terms = { gating: false, cadence: 'P12M' };
  return {
    ...{ key, kind: 'ATTESTATION', title, scope: 'SYSTEM', metBy: { kinds: ['ATTESTATION'] } },
    tiers: { HIGH: yearly, MODERATE: yearly, LOW: yearly },
  };
}

/** The rules with one of them put back where the pack has it. */
export function withRule(rules: readonly Rule[], rule: Rule, order: readonly Rule[]): Rule[] {
  const places = new Map(order.map(({ key }, index) => [key, index]));
  const place = places.get(rule.key) ?? Infinity;
  const at = rules.findIndex(({ key }) => (places.get(key) ?? Infinity) > place);
  return at < 0 ? [...rules, rule] : [...rules.slice(0, at), rule, ...rules.slice(at)];
}
