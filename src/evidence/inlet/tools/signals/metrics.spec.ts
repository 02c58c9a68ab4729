import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/* From the README of ngosang/restic-exporter. */
const RESTIC = `# HELP restic_check_success Result of restic check operation in the repository
# TYPE restic_check_success gauge
restic_check_success 1.0
# HELP restic_snapshots_total Total number of snapshots in the repository
# TYPE restic_snapshots_total counter
restic_snapshots_total 100.0
# HELP restic_backup_timestamp Timestamp of the last backup
# TYPE restic_backup_timestamp gauge
restic_backup_timestamp{client_hostname="product.example.com",client_username="root",client_version="restic 0.16.0",snapshot_hash="20795072cba0953bcdbe52e9cf9d75e5726042f5bbf2584bb2999372398ee835",snapshot_tag="mysql",snapshot_tags="mysql,tag2",snapshot_paths="/mysql/data,/mysql/config"} 1.666273638e+09
`;
/* From the tests of woblerr/pgbackrest_exporter. */
const PGBACKREST = `# HELP pgbackrest_backup_duration_seconds Backup duration.
# TYPE pgbackrest_backup_duration_seconds gauge
pgbackrest_backup_duration_seconds{backup_name="20210607-092423F",backup_type="full",database_id="1",repo_key="1",stanza="demo",start_time="2021-06-07 09:24:23",stop_time="2021-06-07 09:24:26"} 3
# HELP pgbackrest_backup_error_status Backup error status.
# TYPE pgbackrest_backup_error_status gauge
pgbackrest_backup_error_status{backup_name="20210607-092423F",backup_type="full",database_id="1",repo_key="1",stanza="demo"} 0
`;
/* The metric of pkg/metrics in vmware-tanzu/velero, and what scripts write for the textfile collector of the node exporter. */
const VELERO = 'velero_backup_last_successful_timestamp{schedule="nightly"} 1.7637840e+09\n';
const SCRIPT =
  '# TYPE backup_last_success_timestamp_seconds gauge\nbackup_last_success_timestamp_seconds{job="db"} 1763784000\n';

describe('metrics for Prometheus', () => {
  it('of an exporter that looks into the store list the newest recovery point, and prove no more', () => {
    const { tool, records } = readOutput(RESTIC);
    expect(tool).toBe('prometheus');
    expect(records).toEqual([
      expect.objectContaining({
        ...{ kind: 'BACKUP', outcome: 'PASSED', strength: 'LISTED', host: 'product.example.com' },
        ...{ dataset: '/mysql/data,/mysql/config', recoveryPointAt: new Date('2022-10-20T13:47:18Z') },
        runKey: expect.stringMatching(/^prometheus:restic_backup_timestamp\{.*\}@1666273638$/),
      }),
    ]);
  });

  it('name the sets of pgBackRest as its own list does, and their damage', () => {
    const set = { runKey: 'pgbackrest:demo:1:20210607-092423F', strength: 'LISTED', dataset: 'demo' };
    expect(readOutput(PGBACKREST, { sourceTimeZone: 'Asia/Tokyo' }).records).toMatchObject([
      { ...set, outcome: 'PASSED', recoveryPointAt: new Date('2021-06-07T00:24:26Z') },
    ]);
    const damaged = PGBACKREST.replace(/ 0\n$/, ' 1\n');
    expect(readOutput(damaged)).toMatchObject({
      records: [{ ...set, outcome: 'FAILED', recoveryPointAt: null }],
      flags: ['DAMAGE_FOUND', 'SOURCE_TZ_MISSING'],
    });
  });

  it('of Velero tell when the last backup was done', () => {
    expect(readOutput(VELERO).records).toMatchObject([
      { strength: 'LISTED', dataset: 'nightly', startedAt: null, finishedAt: new Date('2025-11-22T04:00:00Z') },
    ]);
  });

  it('that a script writes are a claim without a recovery point', () => {
    expect(readOutput(SCRIPT)).toMatchObject({
      records: [{ strength: 'DECLARED', recoveryPointAt: null, finishedAt: new Date('2025-11-22T04:00:00Z') }],
      flags: ['SELF_DECLARED'],
    });
  });

  it.each(['0', 'NaN', '-1', '1763784000000', '+Inf'])('have no record of a time that is none: %s', (value) => {
    const text = SCRIPT.replace('1763784000\n', `${value}\n`);
    expect(readOutput(text)).toMatchObject({ records: [], flags: ['UNKNOWN_STATUS'] });
  });

  it('are refused when none tells of a backup, or the exporter was not reached', () => {
    expect(refusalOf('up 1\n', { tool: 'prometheus' }).code).toBe('NOT_PARSEABLE');
    expect(
      refusalOf('# TYPE node_restore_drill_last_success_unix gauge\nnode_restore_drill_last_success_unix 1').code,
    ).toBe('UNKNOWN_TOOL');
    expect(refusalOf('', { tool: 'prometheus', exitCode: 7 }).code).toBe('TOOL_FAILED');
  });

  it('tell each series for itself, whatever is in its labels', () => {
    const text = ['a\\"}b', 'c', 'c'].map(
      (job) => `x_backup_last_success_timestamp{job="${job}"} 1763784000 1763784001000`,
    );
    const { records, flags } = readOutput(`# TYPE x gauge\n${text.join('\r\n')}`);
    expect(records.map(({ dataset }) => dataset)).toEqual(['a"}b', 'c']);
    expect(flags).toContain('DUPLICATE_IN_PAYLOAD');
  });
});

/* The shape of the documentation of Alertmanager (webhook_config, version 4); values of a published example. */
const alert = (status: string, more: object = {}): object => ({
  status,
  labels: { alertname: 'BorgMissingBackup', instance: 'db01', job: 'borgmatic', severity: 'critical' },
  annotations: { summary: 'Borg missing backup' },
  startsAt: '2026-11-22T13:08:45.828Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.example.org:9090/graph',
  fingerprint: '1a30ba71cca2921f',
  ...more,
});
const webhook = (...alerts: object[]): object => ({
  ...{ version: '4', groupKey: '{}/{severity="critical"}:{alertname="BorgMissingBackup"}', truncatedAlerts: 0 },
  ...{ receiver: 'sonae', status: 'firing', groupLabels: {}, commonLabels: {}, commonAnnotations: {} },
  ...{ externalURL: 'http://prometheus.example.org:9093', alerts },
});

describe('an alert of Alertmanager', () => {
  it('that fires is a failure that somebody claims, once however often it is repeated', () => {
    const { tool, records, flags } = readOutput(webhook(alert('firing'), alert('firing')));
    expect([tool, flags]).toEqual(['alertmanager', ['DUPLICATE_IN_PAYLOAD', 'SELF_DECLARED']]);
    expect(records).toMatchObject([
      {
        ...{ outcome: 'FAILED', strength: 'DECLARED', host: 'db01', recoveryPointAt: null },
        runKey: 'alertmanager:1a30ba71cca2921f@2026-11-22T13:08:45.828Z',
        message: 'BorgMissingBackup\nBorg missing backup',
      },
    ]);
  });

  it('that is resolved is no backup that passed', () => {
    expect(readOutput(webhook(alert('resolved')))).toMatchObject({ records: [], disposition: 'ACCEPTED_NO_RECORDS' });
  });

  it('of another status is told as unknown', () => {
    expect(readOutput(webhook(alert('pending'))).flags).toContain('UNKNOWN_STATUS');
  });
});
