import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../api/types';

type Words = Record<string, string>;

/** The words of the record; a name that this version of the pages does not know is shown as it is. */
export function useAuditWords() {
  const { t, i18n } = useTranslation();
  const word = (key: string, otherwise: string): string => (i18n.exists(key) ? i18n.t(key as never) : otherwise);
  return {
    action: (action: string) => word(`auditAction.${action}`, action),
    recordType: (type: string) => word(`auditRecord.${type}`, type),
    // What is stored in minutes has the name of what it measures.
    field: (field: string) => word(`auditField.${field}`, word(`auditField.${field.replace(/Minutes$/, '')}`, field)),
    program: (program: string) => {
      const [kind, name = ''] = program.split(':');
      return kind === 'job' ? t('audit.job', { name }) : t('audit.command', { name });
    },
  };
}

/** What the filters offer: kinds of records, and every action as well as all of a kind at once, as the service takes it: `system.`. */
export function useAuditChoices() {
  const { t, i18n } = useTranslation();
  const catalogue = <T>(part: string): Record<string, T> =>
    (i18n.getResource(i18n.language, 'web', part) as Record<string, T> | undefined) ?? {};
  const groups = catalogue<string>('auditGroup');
  return {
    recordTypes: Object.entries(catalogue<string>('auditRecord')).map(([value, label]) => ({ value, label })),
    actions: Object.entries(catalogue<Words>('auditAction')).flatMap(([group, actions]) => [
      { id: `${group}.`, label: t('audit.allOf', { group: groups[group] ?? group }) },
      ...Object.entries(actions).map(([name, label]) => ({
        id: `${group}.${name}`,
        label,
        hint: groups[group] ?? group,
      })),
    ]),
  };
}

const LOOKED_AFTER: readonly AuditEvent['action'][] = [
  'access.denied',
  'factor.refused',
  'session.refused',
  'user.erased',
];

/** What a reader should not overlook. */
export const isNotable = (action: AuditEvent['action']): boolean => LOOKED_AFTER.includes(action);
