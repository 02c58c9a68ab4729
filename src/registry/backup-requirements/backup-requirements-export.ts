import type { ExportedList } from '../../audit/exports/list-export';
import { parseMinutes } from '../../core/time/duration';
import { formatCalendarPeriod, formatDuration } from '../../platform/messages/format';
import type { Locale } from '../../platform/messages/messages';
import type { BackupRequirementResponse } from './dto/backup-requirement.response';

/** A length of time in minutes, in words. */
export const asDuration = (value: string, locale: Locale): string => formatDuration(locale, parseMinutes(value));
/** A calendar period, in words. */
export const asPeriod = (value: string, locale: Locale): string => formatCalendarPeriod(locale, value);

/** Backup requirements as a file, in the order of their page. */
export const BACKUP_REQUIREMENTS_EXPORT: ExportedList<BackupRequirementResponse> = {
  name: 'backups',
  columns: [
    { key: 'system', value: ({ system }, { locale }) => (locale === 'en' && system.nameEn) || system.name },
    { key: 'code', value: ({ system }) => system.code },
    {
      key: 'organisation',
      value: ({ organisation }, { locale }) => (locale === 'en' && organisation.nameEn) || organisation.name,
    },
    { key: 'dataset', value: ({ dataset }) => dataset },
    { key: 'tier', words: 'tier', value: ({ system }) => system.tier },
    { key: 'status', words: 'export.backupStatus', value: ({ status }) => status },
    { key: 'method', value: ({ method }) => method },
    { key: 'interval', word: asDuration, value: ({ interval }) => interval },
    { key: 'rpo', word: asDuration, value: ({ rpo }) => rpo },
    { key: 'retention', word: asPeriod, value: ({ retention }) => retention },
    { key: 'generations', value: ({ generations }) => generations },
    { key: 'copies', value: ({ copies }) => copies.length },
    { key: 'profile', value: ({ profile }) => profile?.name },
    { key: 'followsProfile', value: ({ profile }) => profile?.follows },
    { key: 'lacks', value: ({ findings }) => findings.map(({ text }) => text).join(' ') || null },
    { key: 'gating', value: ({ findings }) => findings.some(({ gating }) => gating) },
    { key: 'reviewState', words: 'state', value: ({ review }) => review?.state },
    { key: 'reviewDueOn', value: ({ review }) => review?.dueOn },
    { key: 'author', value: ({ author }) => author?.displayName },
    { key: 'approvedBy', value: ({ approvedBy }) => approvedBy?.displayName },
    { key: 'approvedAt', value: ({ approvedAt }) => approvedAt },
  ],
};
