import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PreparingClient } from '../../../obligations/intake/run-intake';
import { clientOptions, connectionOf } from '../../../platform/database/data-source';

/** Messages of one inlet go one way, so that two transactions never wait for each other. */
export const LANES = 2;

/**
 * Connections for what comes in, one for each lane and none that pages or judgements hold. They send statements without waiting for the answer before:
 * a transaction is two exchanges with the database and not one for each of its statements.
 */
@Injectable()
export class InletConnections implements OnApplicationShutdown {
  private pool: Pool | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Does `work` on a connection. What it throws is rolled back first. */
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
    const options = { ...clientOptions(connectionOf(this.dataSource)), max: LANES, pipeline: true };
    this.pool = new Pool({ ...options, application_name: 'sonae inlets' });
    // Whoever is waiting for a connection that is cut is told by what it asked; one that nobody waits for is replaced.
    this.pool.on('error', () => undefined).on('connect', (client) => client.on('error', () => undefined));
    return this.pool;
  }
}
