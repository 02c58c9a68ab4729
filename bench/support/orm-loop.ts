import type { DataSource } from 'typeorm';
import { addDays } from '../../src/core/time/civil-date';
import { Evidence } from '../../src/evidence/records/evidence.entity';
import { Obligation } from '../../src/obligations/obligation.entity';
import { SystemReadiness } from '../../src/obligations/system-readiness.entity';
import { System } from '../../src/registry/systems/system.entity';
import { seconds } from './measure';

/** Enough to be measured by. */
const SYSTEMS = 200;

/**
 * Seconds for one system of an ORM that is left to itself: it reads the system with what it owes and what is known of it, and saves each duty and the verdict by
 * itself. It judges nothing, and writes to each duty one column only.
 */
export async function ormLoop(dataSource: DataSource): Promise<number> {
  const ids = (await dataSource.query<{ id: string }[]>(`SELECT id FROM system ORDER BY code LIMIT ${SYSTEMS}`)).map(
    ({ id }) => id,
  );
  const all = await seconds(async () => {
    for (const id of ids)
      await dataSource.transaction(async (m) => {
        await m.findOneByOrFail(System, { id });
        await m.findBy(Evidence, { systemId: id });
        for (const duty of await m.findBy(Obligation, { systemId: id })) {
          duty.dueOn = addDays(duty.dueOn ?? '2026-11-23', 1);
          await m.save(duty);
        }
        const readiness = await m.findOneByOrFail(SystemReadiness, { systemId: id });
        readiness.met += 1;
        await m.save(readiness);
      });
  });
  return all / ids.length;
}
