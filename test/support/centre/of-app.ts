import { EvidenceIntake } from '../../../src/obligations/evidence-intake';
import { ObligationLedger } from '../../../src/obligations/obligation-ledger';
import { Config } from '../../../src/platform/config/config';
import type { TestApp } from '../app';
import type { Writing } from './facts';

/** The centre of a running service, to bring about in one call what would take many requests. */
export function centreOf({ app, clock, dataSource, world }: TestApp): Writing {
  const find = { strict: false };
  return {
    ...{ clock, dataSource, world, config: app.get(Config, find) },
    ...{ ledger: app.get(ObligationLedger, find), intake: app.get(EvidenceIntake, find) },
  };
}
