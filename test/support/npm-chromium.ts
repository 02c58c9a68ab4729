import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** A Chromium that can be started: the program and the environment it needs. */
export interface Chromium {
  kind: 'system' | 'npm';
  executablePath: string;
  env: NodeJS.ProcessEnv;
}

/** The Chromium inside the npm package is one ELF binary for Linux on x86-64 with glibc 2.34 or later. */
export function npmChromiumRunsHere(): boolean {
  return process.platform === 'linux' && process.arch === 'x64' && packageEntry() !== undefined;
}

/**
 * Unpacks the Chromium of `@sparticuz/chromium` once per version and user, about 230 MB below the temporary folder
 * and about 2 s, and tells how to start it. It brings its own NSS, NSPR and expat, so the machine needs none of them.
 *
 * @throws Error when the package is not installed or the temporary folder has no room.
 */
export async function npmChromium(): Promise<Chromium> {
  const entry = packageEntry();
  if (!entry) throw new Error('the npm package @sparticuz/chromium is not installed');
  const folder = join(tmpdir(), `sonae-test-chromium-${await packageVersion(entry)}-${process.getuid?.() ?? 'user'}`);
  if (!isUnpacked(folder)) await unpack(entry, folder);
  return {
    kind: 'npm',
    executablePath: join(folder, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

function packageEntry(): string | undefined {
  try {
    return require.resolve('@sparticuz/chromium');
  } catch {
    return undefined;
  }
}

async function packageVersion(entry: string): Promise<string> {
  const manifest = join(dirname(entry), '..', '..', 'package.json');
  return (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version;
}

/** A tidy-up of the temporary folder may have taken some of the files: look for one of each archive. */
function isUnpacked(folder: string): boolean {
  return ['chromium', 'libEGL.so', 'al2023/lib/libnss3.so', 'fonts/fonts', 'fonts.conf'].every((file) =>
    existsSync(join(folder, file)),
  );
}

async function unpack(entry: string, folder: string): Promise<void> {
  const fresh = await mkdtemp(join(tmpdir(), 'sonae-test-chromium-'));
  try {
    // The package unpacks into the temporary folder under fixed names, unguarded against a second process, changes the
    // environment when loaded, and leaves the libraries out except on the named platform: hence a process of its own.
    await promisify(execFile)(process.execPath, ['-e', 'require(process.argv[1]).executablePath()', entry], {
      env: { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    });
    await writeFile(join(fresh, 'fonts.conf'), fontsConf(folder));
    if (!isUnpacked(folder)) await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } catch (error) {
    // A folder with files in it cannot be renamed over: another process was faster, and its copy is as good.
    if (!isUnpacked(folder)) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** The package's own fonts.conf knows only the folder of its home platform; this one adds the machine's fonts, if any. */
function fontsConf(folder: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    `  <dir>${folder}/fonts</dir>`,
    `  <cachedir>${folder}/fonts-cache</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n');
}
