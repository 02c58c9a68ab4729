import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Refuses to start on a database that lacks migrations: every answer would be a fault. A newer schema than ours is fine. */
@Injectable()
export class SchemaCheck implements OnModuleInit {
  constructor(private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    if (await this.dataSource.showMigrations())
      throw new Error('The database is not at the newest schema: run `node dist/cli.js migrate` first.');
  }
}
