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
const DAMAGED =
  /integrity check failed|checksum|hash mismatch|invalid database|unexpected fault|page .* already freed|file size too small/i;

/** `snapshot status`: a checksum of the file, which says that it can be opened and not that it can be served from. */
function readStatus(output: ToolOutput): Reading {
  if (!output.hasFailed) output.requireDocument();
  const { document } = output;
  const sound = document !== undefined && isStatus(document);
  if (!sound && !output.hasFailed)
    throw new SubmissionRefused('NOT_PARSEABLE', 'This is not what etcdctl snapshot status -w json prints', {
      begins: output.stdout.slice(0, 80),
    });
  const passed = sound && !output.hasFailed;
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'VERIFICATION',
    outcome: passed ? 'PASSED' : 'FAILED',
    strength: 'STRUCTURE_CHECKED',
    sizeBytes: bigAt(document, 'totalSize'),
    sizeBasis: sound ? 'etcd totalSize' : null,
    errorCount: passed ? 0 : null,
    message: passed ? null : output.text,
    toolVersion: textAt(document, 'version'),
    flags: !passed && DAMAGED.test(output.text) ? ['DAMAGE_FOUND'] : [],
  });
  return { records: [record], ofThisRun: true };
}

function readRun(output: ToolOutput, verb: 'save' | 'restore'): Reading {
  const ended =
    verb === 'save'
      ? SAVED.test(output.text) || /"msg":"saved"/.test(output.text)
      : /restored snapshot|added member/.test(output.text);
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
  fits: ({ document, stdout }) => isStatus(document) || SAVED.test(stdout),
  read(output) {
    const program = output.command.programOf(['etcdctl', 'etcdutl']);
    const verb = program && output.command.verbOf(program, ['save', 'restore', 'status']);
    if (verb === 'save' || verb === 'restore') return readRun(output, verb);
    return !verb && SAVED.test(output.stdout) ? readRun(output, 'save') : readStatus(output);
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'etcdctl snapshot save /backup/etcd.db'),
};
