import { AUDIT } from './audit-excerpt';
import { REMINDERS, WAIVERS } from './notices';
import { DRILLS, EVIDENCE } from './proofs';
import { OBLIGATIONS, REQUIREMENTS, SYSTEMS, TRANSITIONS } from './register';
import type { Section } from './section';

/** In the order in which they are written. */
export const SECTIONS: readonly Section[] = [
  ...[SYSTEMS, REQUIREMENTS, OBLIGATIONS, TRANSITIONS, EVIDENCE, DRILLS, WAIVERS, REMINDERS, AUDIT],
];
