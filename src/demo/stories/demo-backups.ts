import type { BackupCopy } from '../../registry/backup-requirements/backup-requirement.entity';

export const DEMO_METHOD = 'データベースの全体・差分バックアップ';
export const DEMO_RETENTION = 'P35D';

const copy = (site: string, medium: string, protection: Partial<BackupCopy>): BackupCopy => ({
  ...{ site, medium, offsite: false, offline: false, immutable: false, encrypted: true, account: null },
  ...protection,
});

export const DEMO_COPIES: Record<'three-with-offline' | 'three-online' | 'two', BackupCopy[]> = {
  'three-with-offline': [
    copy('本庁データセンター', 'ディスク', {}),
    copy('関西データセンター', 'ディスク', { offsite: true }),
    copy('関西データセンター', 'テープ', { offsite: true, offline: true, immutable: true }),
  ],
  'three-online': [
    copy('本庁データセンター', 'ディスク', {}),
    copy('本庁データセンター', 'ディスク', {}),
    copy('関西データセンター', 'ディスク', { offsite: true }),
  ],
  two: [
    copy('クラウド（東日本）', 'オブジェクトストレージ', {}),
    copy('クラウド（西日本）', 'オブジェクトストレージ', { offsite: true }),
  ],
};

/** Named terms of backups; the requirements of the demo that ask for the same follow them. */
export const DEMO_PROFILES = [
  { name: '業務DB 毎時・35日・2拠点とオフライン', intervalMinutes: 60, copies: DEMO_COPIES['three-with-offline'] },
  { name: '業務DB 日次・35日・2拠点とオフライン', intervalMinutes: 24 * 60, copies: DEMO_COPIES['three-with-offline'] },
];
