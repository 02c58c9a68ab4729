import { readOutput, refusalOf } from '../../../../../test/support/inlet-outputs';

/*
 * Messages in the shapes of the developer guides of Amazon SNS (message formats over HTTPS) and AWS Backup (notification options), and of
 * messages that users have published; names, times and numbers are invented.
 */

const ID = '1b2345b2-f22c-4dab-5eb6-bbc7890ed123';
const RESOURCE = 'arn:aws:ec2:ap-northeast-1:000000000000:volume/vol-1';
const DONE = `An AWS Backup job was completed successfully. Recovery point ARN: arn:aws:ec2:ap-northeast-1::snapshot/s-1. Resource ARN : ${RESOURCE}. BackupJob ID : ${ID}`;
const ended = (how: string): string => `An AWS Backup job ${how}. Resource ARN : ${RESOURCE}. BackupJob ID : ${ID}`;

const attributes = (values: Record<string, string>): object =>
  Object.fromEntries(Object.entries(values).map(([name, Value]) => [name, { Type: 'String', Value }]));
const JOB = { EventType: 'BACKUP_JOB', State: 'COMPLETED', AccountId: '000000000000', Id: ID };
const STARTED = { StartTime: '2026-11-22T17:00:04.303Z' };

const posted = (Message: string, values: Record<string, string> | null, more: object = {}): object => ({
  Type: 'Notification',
  MessageId: '12345678-abcd-123a-def0-abcd1a234567',
  TopicArn: 'arn:aws:sns:ap-northeast-1:000000000000:backups',
  Subject: 'Notification from AWS Backup',
  Message,
  Timestamp: '2026-11-22T18:46:02.788Z',
  SignatureVersion: '1',
  Signature: 'c2lnbmF0dXJl',
  SigningCertURL: 'https://sns.ap-northeast-1.amazonaws.com/SimpleNotificationService.pem',
  UnsubscribeURL: 'https://sns.ap-northeast-1.amazonaws.com/?Action=Unsubscribe',
  ...(values && { MessageAttributes: attributes(values) }),
  ...more,
});
const unframed = { exitCode: null, rid: null, startedAt: null, finishedAt: null };

describe('AWS Backup told through SNS', () => {
  it('tells a backup that ended well: when it began, of what, and nothing that it does not say', () => {
    const { tool, flags, records } = readOutput(posted(DONE, { ...JOB, ...STARTED }), unframed);
    expect([tool, flags]).toEqual(['aws-backup', []]);
    expect(records).toEqual([
      expect.objectContaining({
        ...{ kind: 'BACKUP', outcome: 'PASSED', strength: 'COMPLETED', runKey: `aws-backup:${ID}` },
        ...{ startedAt: new Date(STARTED.StartTime), recoveryPointAt: new Date(STARTED.StartTime), finishedAt: null },
        ...{ timeBasis: 'OFFSET', dataset: RESOURCE, location: null, sizeBytes: null, message: null },
      }),
    ]);
  });

  it.each([
    [ended('failed'), 'FAILED', 'FAILED'],
    [ended('failed to complete in time'), 'EXPIRED', 'FAILED'],
    [ended('was stopped'), 'ABORTED', 'FAILED'],
    [ended('was completed with issues'), 'COMPLETED', 'PARTIAL'],
    [ended('failed'), 'COMPLETED', 'FAILED'],
    [DONE, 'FAILED', 'FAILED'],
    [ended('was started'), 'RUNNING', 'RUNNING'],
  ])('%s in the state %s is %s', (text, State, outcome) => {
    const { records } = readOutput(posted(text, { ...JOB, ...STARTED, State }), unframed);
    expect(records).toMatchObject([{ outcome, message: text, runKey: `aws-backup:${ID}`, dataset: RESOURCE }]);
    expect(records[0]?.recoveryPointAt === null).toBe(outcome !== 'PARTIAL');
  });

  it('makes nothing of a state that nobody knows', () =>
    expect(readOutput(posted(DONE, { ...JOB, State: 'ARCHIVED' }))).toMatchObject({
      records: [],
      flags: ['UNKNOWN_STATUS'],
    }));

  it('is read without attributes by its sentence alone, as raw delivery posts it', () => {
    for (const payload of [DONE, posted(DONE, null)])
      expect(readOutput(payload, unframed)).toMatchObject({
        tool: 'aws-backup',
        records: [{ outcome: 'PASSED', startedAt: null, recoveryPointAt: null, dataset: RESOURCE, timeBasis: null }],
      });
    const dated = `${DONE}. Completed at : 2026-11-22T17:12:20.917Z`;
    expect(readOutput(dated, unframed).records).toMatchObject([{ finishedAt: new Date('2026-11-22T17:12:20.917Z') }]);
    for (const length of [70, DONE.length - 1])
      expect(refusalOf(DONE.slice(0, length), unframed).code).toBe('TRUNCATED');
  });

  it('is read in the words that users received, too', () => {
    const id = 'E16FD778-147E-BBD0-14E9-BC67450BE135';
    const text = `An AWS Backup job was completed successfully. Recovery point ARN: arn:aws:ec2:ap-northeast-1::image/ami-1. Backed up Resource ARN : ${RESOURCE}. Backup Job Id : ${id}`;
    expect(readOutput(text, unframed).records).toMatchObject([
      { outcome: 'PASSED', runKey: `aws-backup:${id}`, dataset: RESOURCE },
    ]);
    expect(readOutput(posted(text, { ...JOB, ...STARTED, Id: id }), unframed).records).toMatchObject([
      { outcome: 'PASSED', runKey: `aws-backup:${id}`, recoveryPointAt: new Date(STARTED.StartTime) },
    ]);
  });

  it('tells a restore by its kind of event, and no copy or change of a recovery point', () => {
    const text = `An AWS Backup restore job was completed successfully. RestoreJob ID : ${ID}`;
    expect(readOutput(posted(text, { ...JOB, ...STARTED, EventType: 'RESTORE_JOB' }), unframed).records).toMatchObject([
      { kind: 'RESTORE_TEST', outcome: 'PASSED', strength: 'RESTORED', recoveryPointAt: null, dataset: null },
    ]);
    for (const EventType of ['COPY_JOB', 'RECOVERY_POINT', 'RECOVERY_POINT_INDEXING_COMPLETED'])
      expect(readOutput(posted(DONE, { ...JOB, EventType }))).toMatchObject({ records: [], flags: [] });
  });

  it('tells that a part is missing: of a backup, which is then partial, or of a restore, which has failed', () => {
    const part = (eventType: string, job: string): object =>
      posted('A Kubernetes resource failed.', { eventType, [job]: 'J1', reason: 'no access', clusterName: 'c' });
    expect(readOutput(part('EKS_BACKUP_OBJECT_FAILED', 'backupJobId')).records).toMatchObject([
      { kind: 'BACKUP', outcome: 'PARTIAL', runKey: 'aws-backup:J1', recoveryPointAt: null },
    ]);
    expect(readOutput(part('EKS_RESTORE_OBJECT_FAILED', 'restoreJobId')).records).toMatchObject([
      { kind: 'RESTORE_TEST', outcome: 'FAILED', runKey: 'aws-restore:J1' },
    ]);
    expect(readOutput(part('EKS_RESTORE_OBJECT_SKIPPED', 'restoreJobId')).records).toEqual([]);
  });
});

describe('a message of SNS', () => {
  const event = {
    version: '0',
    source: 'aws.backup',
    'detail-type': 'Backup Job State Change',
    detail: { backupJobId: 'J1', state: 'COMPLETED', creationDate: '2026-11-22T17:00:04.303Z', bytesTransferred: '0' },
  };

  it('carries an event of EventBridge, whatever its media type and the tool that is declared', () => {
    const alone = readOutput(event, unframed);
    for (const tool of [null, 'aws-backup', 'sns'])
      expect(readOutput(posted(JSON.stringify(event), null), { ...unframed, tool })).toEqual(alone);
  });

  it('carries what any tool printed, and names the run where nothing else does', () => {
    const summary = { message_type: 'summary', num_errors: 0 };
    const read = readOutput(posted(JSON.stringify(summary), null), { ...unframed, command: 'restic check --json' });
    expect(read).toMatchObject({ tool: 'restic', records: [{ runKey: 'rid:12345678-abcd-123a-def0-abcd1a234567' }] });
    expect(refusalOf(posted('hello', null)).code).toBe('UNKNOWN_TOOL');
    expect(refusalOf(posted('', null)).code).toBe('NOT_PARSEABLE');
    expect(refusalOf(posted('{"BackupJobs":[', null)).code).toBe('TRUNCATED');
  });

  it('comes in records to a function, one or several', () => {
    const other = posted(ended('failed'), { ...JOB, State: 'FAILED', Id: 'other' });
    const Records = [posted(DONE, { ...JOB, ...STARTED }), other].map((Sns) => ({ EventSource: 'aws:sns', Sns }));
    expect(readOutput({ Records }).records).toMatchObject([{ outcome: 'PASSED' }, { outcome: 'FAILED' }]);
  });

  it.each(['SubscriptionConfirmation', 'UnsubscribeConfirmation'])('of the type %s is left to a person', (Type) => {
    const more = { Type, Token: 't0ken', SubscribeURL: 'https://sns.ap-northeast-1.amazonaws.com/?Action=Confirm' };
    for (const tool of [null, 'aws-backup']) {
      const { code, why } = refusalOf(posted('You have chosen to subscribe', null, more), { tool });
      expect([code, why.reason, why.params['type']]).toEqual(['NOT_PARSEABLE', 'SNS_WITHOUT_OUTPUT', Type]);
    }
  });
});
