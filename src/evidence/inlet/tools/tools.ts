import { K8UP } from './clusters/k8up';
import { LONGHORN } from './clusters/longhorn';
import { PROXMOX_BACKUP_SERVER } from './clusters/proxmox-backup-server';
import { VELERO } from './clusters/velero';
import { VZDUMP } from './clusters/vzdump';
import { BARMAN } from './databases/barman';
import { ETCD } from './databases/etcd';
import { MARIABACKUP } from './databases/mariabackup';
import { PGBACKREST } from './databases/pgbackrest/pgbackrest';
import { WAL_G } from './databases/wal-g';
import { BORG } from './files/borg';
import { BORGMATIC } from './files/borgmatic';
import { DUPLICITY } from './files/duplicity/duplicity';
import { KOPIA } from './files/kopia/kopia';
import { RDIFF_BACKUP } from './files/rdiff-backup';
import { RESTIC } from './files/restic/restic';
import { RSNAPSHOT } from './files/rsnapshot';
import { ALERTMANAGER } from './signals/alertmanager';
import { CLOUD_EVENTS } from './signals/cloud-events';
import { GENERIC_JSON } from './signals/generic-json';
import { NEUTRAL } from './signals/neutral';
import { PING } from './signals/ping';
import { PROMETHEUS } from './signals/prometheus';
import { SNS } from './signals/sns';
import { AWS_BACKUP } from './suites/aws-backup';
import { AZURE_BACKUP } from './suites/azure-backup';
import { BACULA } from './suites/bacula';
import { VEEAM } from './suites/veeam';
import type { ToolAdapter } from './tool-adapter';

/** Every tool that an inlet understands. A tool is one file and one line here. */
export const TOOLS: readonly ToolAdapter[] = [
  RESTIC,
  BORG,
  BORGMATIC,
  KOPIA,
  DUPLICITY,
  RSNAPSHOT,
  RDIFF_BACKUP,
  PGBACKREST,
  BARMAN,
  WAL_G,
  MARIABACKUP,
  ETCD,
  VELERO,
  LONGHORN,
  K8UP,
  PROXMOX_BACKUP_SERVER,
  VZDUMP,
  BACULA,
  VEEAM,
  AWS_BACKUP,
  AZURE_BACKUP,
  PING,
  PROMETHEUS,
  ALERTMANAGER,
  CLOUD_EVENTS,
  SNS,
  NEUTRAL,
  GENERIC_JSON,
];
