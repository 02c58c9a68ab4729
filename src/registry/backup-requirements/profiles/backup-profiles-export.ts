import type { ExportedList } from '../../../audit/exports/list-export';
import { asDuration, asPeriod } from '../backup-requirements-export';
import type { BackupProfileResponse } from './dto/backup-profile.response';

/** Backup profiles as a file, in the order of their page. */
export const BACKUP_PROFILES_EXPORT: ExportedList<BackupProfileResponse> = {
  name: 'backup-profiles',
  columns: [
    { key: 'name', value: ({ name }) => name },
    {
      key: 'organisation',
      value: ({ organisation }, { locale }) => (locale === 'en' && organisation.nameEn) || organisation.name,
    },
    { key: 'method', value: ({ method }) => method },
    { key: 'interval', word: asDuration, value: ({ interval }) => interval },
    { key: 'rpo', word: asDuration, value: ({ rpo }) => rpo },
    { key: 'retention', word: asPeriod, value: ({ retention }) => retention },
    { key: 'generations', value: ({ generations }) => generations },
    { key: 'copies', value: ({ copies }) => copies.length },
    { key: 'followers', value: ({ followers }) => followers },
    { key: 'detached', value: ({ detached }) => detached },
    { key: 'waiting', value: ({ waiting }) => waiting },
    { key: 'retiredOn', value: ({ retiredOn }) => retiredOn },
  ],
};
