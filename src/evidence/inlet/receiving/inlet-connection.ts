import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PreparingClient } from '../../../obligations/intake/run-intake';
import { clientOptions, connectionOf } from '../../../platform/database/data-source';

/**
 * The connection for what comes in, which neither pages nor judgements hold. It sends statements without waiting for the answer before: a transaction is
 * two exchanges with the database and not one for each of its statements.
 */
@Injectable()
export class InletConnection implements OnApplicationShutdown {
  private pool: Pool | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Does `work` on it. What that throws is rolled back first. */
  async use<T>(work: (client: PreparingClient) => Promise<T>): Promise<T> {
    const client = await this.opened().connect();
    let broken: unknown;
    try {
      return await work(client as PreparingClient);
    } catch (error) {
      await client.query({ name: 'inlets.rollback', text: 'ROLLBACK', values: [] }).catch((reason: unknown) => {
        broken = reason;
      });
      throw error;
    } finally {
      client.release(broken !== undefined);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool?.end();
  }

  /** Made when it is first needed: the processes of the jobs and of the command line take nothing. */
  private opened(): Pool {
    if (this.pool) return this.pool;
    const options = { ...clientOptions(connectionOf(this.dataSource)), max: 1, pipeline: true };
    this.pool = new Pool({ ...options, application_name: 'sonae inlets' });
    // Whoever waits while it is cut is told by what it asked; otherwise it is replaced.
    this.pool.on('error', () => undefined).on('connect', (client) => client.on('error', () => undefined));
    return this.pool;
  }
}
