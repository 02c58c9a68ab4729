import { startDemoApp } from '../app';
import { queryOnce, type TestDatabase } from '../database';
import type { QueueStoreKind } from '../running/queue-store';
import { play, type Played, type Trouble } from './play';

/** What is played, and on which days workers are killed and the queue store forgets everything. */
export interface Span {
  from: string;
  days: number;
  killedOn: readonly number[];
  emptiedOn: readonly number[];
}

/** Plays the same demo twice, once without any trouble: the ledger of the other has to be the same. */
export async function playTwice(queue: QueueStoreKind, span: Span): Promise<{ calm: Played; troubled: Played }> {
  const demo = await startDemoApp('played demo', { now: span.from });
  const { connection } = demo.database;
  await demo.app.close();
  const on = async (name: string, trouble: Trouble): Promise<Played> => {
    const copy = await copyOf(demo.database, `${connection.database}_${name}`);
    try {
      return await play(copy, queue, span, trouble);
    } finally {
      await copy.drop();
    }
  };
  try {
    return { calm: await on('calm', { killedOn: [], emptiedOn: [] }), troubled: await on('troubled', span) };
  } finally {
    await demo.database.drop();
  }
}

async function copyOf({ connection, asService }: TestDatabase, database: string): Promise<TestDatabase> {
  const server = { ...connection, database: 'postgres' };
  await queryOnce(server, `CREATE DATABASE ${database} TEMPLATE ${connection.database} STRATEGY file_copy`);
  const own = { ...connection, database };
  return {
    connection: own,
    asService: { ...asService, database },
    url: '',
    query: (sql, values) => queryOnce(own, sql, values),
    drop: async () => {
      await queryOnce(server, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    },
  };
}

/** The mails that somebody got twice: the same message to the same person. */
export function doubled({ taken }: Played): string[] {
  return taken.filter((mail, index) => mail === taken[index - 1]);
}
