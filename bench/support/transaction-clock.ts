import type { DataSource, EntitySubscriberInterface, QueryRunner } from 'typeorm';

const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|COMMIT|WITH[^]*\b(?:INSERT|UPDATE|DELETE)\b)/i;

/** How long statements took, in seconds, as the program that sent them saw it. */
export interface StatementTimes {
  all: number;
  /** Those that write, and the commits, at which deferred triggers do their work. */
  writing: number;
  count: number;
}

/** Adds up the statements of the transactions in which a data source writes to some tables; what else it sends meanwhile does not count. */
export class TransactionClock {
  private readonly open = new WeakMap<QueryRunner, { times: StatementTimes; counts: boolean }>();
  private total: StatementTimes = { all: 0, writing: 0, count: 0 };

  constructor(dataSource: DataSource, tables: readonly string[]) {
    const wanted = new RegExp(`INSERT INTO "?(?:${tables.join('|')})\\b`);
    const subscriber: EntitySubscriberInterface = {
      afterQuery: ({ query, queryRunner, executionTime = 0 }) => {
        const begun = query.startsWith('START') ? undefined : this.open.get(queryRunner);
        const of = begun ?? { times: { all: 0, writing: 0, count: 0 }, counts: false };
        this.open.set(queryRunner, of);
        of.counts ||= wanted.test(query);
        of.times.all += executionTime / 1000;
        if (WRITES.test(query)) of.times.writing += executionTime / 1000;
        of.times.count += 1;
        if (query === 'COMMIT' && of.counts) this.add(of.times);
      },
    };
    dataSource.subscribers.push(subscriber);
  }

  /** What has been added up since the last time that this was asked. */
  take(): StatementTimes {
    const taken = this.total;
    this.total = { all: 0, writing: 0, count: 0 };
    return taken;
  }

  private add({ all, writing, count }: StatementTimes): void {
    this.total.all += all;
    this.total.writing += writing;
    this.total.count += count;
  }
}
