import { type Locale, message } from '../../../platform/messages/messages';
import { type Check, CHECKS, type Finding } from './findings';
import { type PackVerdict, verifyPack } from './verify-pack';

/** What a check came to, for a terminal: 0 the pack holds, 1 it does not, 2 it could not be read. */
export interface PackAnswer {
  text: string;
  exitCode: 0 | 1 | 2;
}

/** Checks the file of a pack, and says each check in words. @param digest that of the manifest, as the audit log has it. */
export async function verifyPackFile(path: string, locale: Locale, digest?: string): Promise<PackAnswer> {
  try {
    const verdict = await verifyPack(path, digest);
    const say = (key: string, params = {}): string => message(locale, `packCheck.${key}`, params);
    const lines = CHECKS.flatMap((check) => linesOf(check, verdict, locale, digest));
    const { manifest, sha256, findings } = verdict;
    if (manifest) lines.push(say('about', aboutOf(manifest)), say('digest', { sha256 }));
    if (manifest && digest === undefined) lines.push(say('compare', { pack: manifest.packId }));
    return { text: [...lines, say(findings.none ? 'holds' : 'fails')].join('\n'), exitCode: findings.none ? 0 : 1 };
  } catch (error) {
    const { code, message: said } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    return { text: message(locale, 'packCheck.unreadable', { said }), exitCode: 2 };
  }
}

function linesOf(check: Check, verdict: PackVerdict, locale: Locale, digest: string | undefined): string[] {
  const { findings, manifest, looked } = verdict;
  const say = (key: string, params = {}): string => message(locale, `packCheck.${key}`, params);
  const found = findings.first(check);
  if (found.length > 0) {
    const more = findings.count(check) - found.length;
    return [
      `${say('notOk')} ${say(`of.${check}`)}`,
      ...found.map((finding) => `  ${sentence(finding, locale)}`),
      ...(more > 0 ? [`  ${say('more', { count: more })}`] : []),
    ];
  }
  if (!manifest && check !== 'ARCHIVE') return [`${say('notChecked')} ${say(`of.${check}`)}`];
  const key = check === 'MANIFEST' && digest !== undefined ? 'right.RECORDED' : `right.${check}`;
  return [`${say('ok')} ${say(`of.${check}`)} ${say(key, looked)}`];
}

function sentence({ fault, file, line, params }: Finding, locale: Locale): string {
  const where = line === null ? 'inFile' : 'inLine';
  const place = file === null ? '' : message(locale, `packCheck.${where}`, { file: printable(file), line });
  return `${place}${message(locale, `packFault.${fault}`, params)} (${fault})`;
}

function aboutOf({ about, asOf, madeBy, period }: NonNullable<PackVerdict['manifest']>): Record<string, string> {
  const of = about?.system ?? about?.organisation;
  const days = period ? `${period.from ?? ''}–${period.to ?? ''}` : '–';
  return { name: printable(`${of?.name} (${of?.code})`), asOf: printable(asOf), by: printable(madeBy?.name), days };
}

/** What a stranger wrote does not move the cursor of a terminal. */
function printable(text: unknown): string {
  return String(text).replace(/\p{C}/gu, '?').slice(0, 300);
}
