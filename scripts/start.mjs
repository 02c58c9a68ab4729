// npm start: everything from a fresh clone to a running service.
//   npm start               installs and builds what is needed, then runs the service with demo data
//   npm start -- --no-run   only installs and builds
import { spawn } from 'node:child_process';
import { build, checkNode, Failure, install, missingPart, ROOT } from './prepare.mjs';

const args = process.argv.slice(2);

try {
  const unknown = args.filter((arg) => arg !== '--no-run');
  if (unknown.length > 0) throw new Failure(`Unknown: ${unknown.join(' ')}. Only --no-run is understood.`);
  checkNode();
  await install();
  const missing = missingPart();
  if (missing) process.stderr.write(`${missing}\n`);
  await build();
  if (!args.includes('--no-run')) runService();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function runService() {
  // Whoever tries it out sees the first mails at once, whatever the hour.
  const env = { SONAE_DEMO: '1', DIGEST_AT: '00:00', ...process.env };
  const service = spawn(process.execPath, ['dist/all-in-one.js'], { cwd: ROOT, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => service.kill(signal));
  // Killed outright, npm passes nothing on: then we are a child of somebody else all at once.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && service.kill('SIGTERM'), 500).unref();
  service.once('error', (error) => {
    process.stderr.write(`The service did not start: ${error.message}\n`);
    process.exitCode = 1;
  });
  service.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + ({ SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 1);
  });
}
