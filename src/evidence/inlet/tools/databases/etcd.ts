import type { Json } from '../../payload/exact-json';
import { at, bigAt, textAt } from '../../payload/json-values';
import { framedBy, recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';

const TOOL = 'etcd';
const isStatus = (document: Json | undefined): boolean =>
  at(document, 'hash') !== undefined &&
  at(document, 'revision') !== undefined &&
  at(document, 'totalKey') !== undefined;
const SAVED = /^Snapshot saved at /m;
const RESTORED = /v3_snapshot\.go:\d+.{0,100}restored snapshot/;
/** What a run says when it begins. */
const SAVING = /"msg":"(?:created temporary db file|fetching snapshot)"|\bfetching snapshot\b/;
const RESTORING = /\brestoring snapshot\b/;
const DAMAGED =
  /integrity check failed|checksum|hash mismatch|expected sha256 .*, got|snapshot missing hash|invalid database|database corrupted|unexpected fault|page .* already freed|page expected to be|file size too small/i;
/** The status as a table, as a line of it (`fe01cf57, 10, 7, 2.1 MB`), and as fields: only these know the size to the byte. */
const IN_WORDS = [
  /^\| +HASH +\| +REVISION +\|.*\n[+|-]+\r?\n\| +[\da-f]{1,8} +\| +\d+ +\|/m,
  /^[\da-f]{1,8}, \d+, \d+, [\d.]+ [kMGT]?i?B(?:, ?[\d.]*)?\r?$/m,
  /^"Hash" : \d+\r?\n"Revision" : \d+\r?\n"Keys" : \d+\r?\n"Size" : (?:(?<size>\d+)\r?\n|\d)/m,
];

/** What `snapshot status` printed, under the names of its JSON; a line that it calls itself deprecated may stand before it. Null for other output. */
function statusIn(output: ToolOutput): Json | null {
  const { document: whole } = output;
  const document = whole === undefined ? output.jsonLines().events.find(isStatus) : isStatus(whole) && whole;
  if (document) return document;
  const told = IN_WORDS.map((form) => form.exec(output.stdout)).find(Boolean);
  return told ? { totalSize: told.groups?.['size'] ?? null } : null;
}

/** `snapshot status`: a checksum of the file, which says that it can be opened and not that it can be served from. */
function readStatus(output: ToolOutput): Reading {
  const status = statusIn(output);
  if (!status && !output.hasFailed) {
    output.requireDocument();
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'etcdctl snapshot status' });
  }
  const passed = status !== null && !output.hasFailed;
  const size = bigAt(status ?? undefined, 'totalSize');
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'VERIFICATION',
    outcome: passed ? 'PASSED' : 'FAILED',
    strength: 'STRUCTURE_CHECKED',
    sizeBytes: size,
    sizeBasis: size === null ? null : 'etcd totalSize',
    errorCount: passed ? 0 : null,
    message: passed ? null : output.text,
    toolVersion: textAt(status ?? undefined, 'version'),
    flags: !passed && DAMAGED.test(output.text) ? ['DAMAGE_FOUND'] : [],
  });
  return { records: [record], ofThisRun: true };
}

function readRun(output: ToolOutput, verb: 'save' | 'restore'): Reading {
  const ended =
    verb === 'save'
      ? SAVED.test(output.text) || /"msg":"saved"/.test(output.text)
      : RESTORED.test(output.text) || /restored snapshot|added member/.test(output.text);
  const failed = output.hasFailed || !ended;
  const framed = framedBy(output);
  const record = recordOf(TOOL, {
    ...framed,
    kind: verb === 'save' ? 'BACKUP' : 'RESTORE_TEST',
    outcome: failed ? 'FAILED' : 'PASSED',
    strength: verb === 'save' ? 'COMPLETED' : 'RESTORED',
    recoveryPointAt: verb === 'save' ? framed.startedAt : null,
    errorCount: failed ? null : 0,
    message: failed ? output.text : null,
    flags: [
      ...(DAMAGED.test(output.text) && failed ? ['DAMAGE_FOUND'] : []),
      ...(ended || output.hasFailed ? [] : ['NO_SUMMARY']),
    ],
  });
  return { records: [record], ofThisRun: true };
}

export const ETCD: ToolAdapter = {
  tool: TOOL,
  name: 'etcd',
  aliases: ['etcdctl', 'etcdutl'],
  programs: ['etcdctl', 'etcdutl'],
  fits: (output) => SAVED.test(output.stdout) || RESTORED.test(output.text) || statusIn(output) !== null,
  read(output) {
    const program = output.command.programOf(['etcdctl', 'etcdutl']);
    const verb = program && output.command.verbOf(program, ['save', 'restore', 'status']);
    if (verb === 'save' || verb === 'restore') return readRun(output, verb);
    if (verb) return readStatus(output);
    if (SAVED.test(output.stdout) || SAVING.test(output.text)) return readRun(output, 'save');
    return RESTORED.test(output.text) || RESTORING.test(output.text) ? readRun(output, 'restore') : readStatus(output);
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'etcdctl snapshot save /backup/etcd.db'),
};
