import { Client } from 'pg';
import type { DataSource, EntitySubscriberInterface } from 'typeorm';
import { clientOptions, type DatabaseConnection } from '../../src/platform/database/data-source';
import { seconds } from './measure';

/** A statement with what was bound to it. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** The reading statements that a data source sends while `work` is done, in their order. */
export async function statementsOf(dataSource: DataSource, work: () => Promise<unknown>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const subscriber: EntitySubscriberInterface = {
    beforeQuery: ({ query, parameters = [] }) => {
      if (/^\s*(?:SELECT|WITH)\b/i.test(query)) sent.push({ text: query, values: [...(parameters as unknown[])] });
    },
  };
  dataSource.subscribers.push(subscriber);
  try {
    await work();
  } finally {
    dataSource.subscribers.splice(dataSource.subscribers.indexOf(subscriber), 1);
  }
  return sent;
}

/** Seconds that the same statements take by themselves, prepared, one after the other: the best of `times` runs. */
export async function sentAlone(
  connection: DatabaseConnection,
  statements: readonly Statement[],
  times: number,
): Promise<number> {
  const client = new Client(clientOptions(connection));
  await client.connect();
  try {
    const sendAll = async (): Promise<void> => {
      for (const [at, { text, values }] of statements.entries()) await client.query({ name: `s${at}`, text, values });
    };
    await sendAll();
    return await seconds(sendAll, times);
  } finally {
    await client.end();
  }
}
