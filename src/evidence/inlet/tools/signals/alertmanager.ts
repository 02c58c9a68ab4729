import type { Json } from '../../payload/exact-json';
import { at, objectsAt, textAt } from '../../payload/json-values';
import type { NeutralRecord } from '../../reading/neutral-record';
import { recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { offsetTime } from '../../payload/tool-times';
import { quoted } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';

const TOOL = 'alertmanager';

/** The message of a webhook of Alertmanager, version 4: a group of alerts. */
const isWebhook = (document: Json | undefined): boolean =>
  textAt(document, 'groupKey') !== null &&
  textAt(document, 'receiver') !== null &&
  Array.isArray(at(document, 'alerts'));

/** An alert that fires says that backups are in trouble, and since when. It is a claim: nothing of a run is seen. */
function recordOfAlert(alert: Json): NeutralRecord {
  const startsAt = textAt(alert, 'startsAt');
  const labels = at(alert, 'labels') ?? null;
  const named = textAt(alert, 'fingerprint') ?? JSON.stringify(labels);
  const told = [textAt(alert, 'annotations', 'summary'), textAt(alert, 'annotations', 'description')];
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: 'FAILED',
    strength: 'DECLARED',
    startedAt: offsetTime(startsAt ?? undefined),
    timeBasis: 'OFFSET',
    host: textAt(labels, 'instance'),
    dataset: textAt(labels, 'schedule') ?? textAt(labels, 'job'),
    message: [textAt(labels, 'alertname'), ...told].filter((line) => line !== null).join('\n') || null,
    runKey: `${TOOL}:${named}@${startsAt}`,
    flags: ['SELF_DECLARED'],
  });
}

function read(output: ToolOutput): Reading {
  const document = output.requireDocument();
  if (!isWebhook(document)) throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_MESSAGE', { tool: 'Alertmanager' });
  const alerts = objectsAt(document, 'alerts');
  const known = alerts.filter(({ status }) => status === 'firing' || status === 'resolved');
  return {
    // An alert that is over says no more than that: it is no backup that passed.
    records: known.filter(({ status }) => status === 'firing').map(recordOfAlert),
    flags: ['SELF_DECLARED', ...(known.length < alerts.length ? ['UNKNOWN_STATUS'] : [])],
  };
}

export const ALERTMANAGER: ToolAdapter = {
  tool: TOOL,
  name: 'Alertmanager',
  fits: ({ document }) => isWebhook(document),
  read,
  commandFor: (inletUrl) =>
    `printf 'receivers:\\n- name: sonae\\n  webhook_configs:\\n  - url: %s\\n' ${quoted(`${inletUrl}?tool=${TOOL}`)} # for alertmanager.yml`,
};
