import type { DataSource } from 'typeorm';
import { upsertReadiness } from '../../../src/obligations/ledger/obligation-statements';
import { SystemReadiness } from '../../../src/obligations/system-readiness.entity';
import type { TestDatabase } from '../../../test/support/database';
import { type WithAndWithout, withAndWithout } from './with-and-without';

/** Systems of which verdicts are written. */
const WRITTEN = 4_000;
const ROUNDS = 4;
const CONNECTIONS = 8;

const OTHER = { READY: 'AT_RISK', AT_RISK: 'READY' } as const;
const turned = (row: SystemReadiness): SystemReadiness => ({
  ...row,
  verdict: row.verdict === 'READY' || row.verdict === 'AT_RISK' ? OTHER[row.verdict] : row.verdict,
  met: row.met + (row.verdict === 'READY' ? -1 : 1),
});

/** Turns every verdict and turns it back, so that what was written without the trigger leaves the counts true. */
function thereAndBack(dataSource: DataSource, rows: readonly SystemReadiness[], page: number): Promise<void> {
  const there = rows.map(turned);
  const pages = Array.from({ length: Math.ceil(rows.length / page) }, (_, n) => n * page);
  const write = async (all: readonly SystemReadiness[]): Promise<void> => {
    const waiting = [...pages];
    const lane = async (): Promise<void> => {
      for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
        const some = all.slice(from, from + page);
        await dataSource.transaction((m) => upsertReadiness(m, some));
      }
    };
    await Promise.all(Array.from({ length: page === 1 ? CONNECTIONS : 1 }, lane));
  };
  return write(there).then(() => write(rows));
}

/** Writes verdicts in pages of so many, the counts kept and not kept in turn; of each the best. */
export async function verdictWrites(
  dataSource: DataSource,
  owner: TestDatabase,
  page: number,
): Promise<WithAndWithout> {
  const rows = await dataSource.manager.find(SystemReadiness, {
    where: [{ verdict: 'READY' }, { verdict: 'AT_RISK' }],
    take: WRITTEN,
  });
  return withAndWithout(owner, ROUNDS, () => thereAndBack(dataSource, rows, page));
}
