import type { INestApplicationContext } from '@nestjs/common';
import { Config } from '../platform/config/config';
import { chooseDemoPassword } from './demo-password';
import { DemoSeed } from './demo-seed';

/** Loads the demo data into an empty database and returns whether it did. */
export async function seedDemo(app: INestApplicationContext): Promise<boolean> {
  const seed = app.get(DemoSeed);
  if (!(await seed.isEmpty())) return false;
  await seed.load(chooseDemoPassword(app.get(Config)));
  return true;
}
