/**
 * A process of its own for the tests of the embedded PostgreSQL, run by plain Node: `<what> <data directory>`. It prints
 * one line of JSON when it is ready and stays until SIGTERM; what goes wrong it prints as the message alone.
 */
import { lockDataDirectory } from '../../../src/platform/database/embedded/data-directory-lock';
import { startEmbeddedPostgres } from '../../../src/platform/database/embedded/embedded-postgres';

async function postgres(dataDir: string): Promise<void> {
  const { connection, pid, adopted, stop } = await startEmbeddedPostgres({ dataDir });
  process.once('SIGTERM', () => void stop().then(() => process.exit(0)));
  process.stdout.write(`${JSON.stringify({ connection, pid, adopted })}\n`);
}

function lock(dataDir: string): void {
  const release = lockDataDirectory(dataDir);
  process.once('SIGTERM', () => {
    release();
    process.exit(0);
  });
  process.stdout.write('{}\n');
}

async function main([what, dataDir = '']: string[]): Promise<void> {
  setInterval(() => undefined, 60_000);
  await (what === 'lock' ? lock(dataDir) : postgres(dataDir));
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
