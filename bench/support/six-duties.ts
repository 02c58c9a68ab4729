import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import type { PolicyRules } from '../../src/core/policy/rule';

const KEYS = [
  'procedure-approved',
  'contacts-confirmed',
  'recovery-point-fresh',
  'backup-offline-copy',
  'restore-test',
  'administrator-mfa',
];

/** Six obligations a system, as many as the shapes of the design were measured with. */
export const SIX_DUTIES: PolicyRules = {
  ...DEFAULT_POLICY,
  rules: DEFAULT_POLICY.rules.filter(({ key }) => KEYS.includes(key)),
};
