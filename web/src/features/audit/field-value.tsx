import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format/format';
import { durationOf, readDuration, useDuration } from '../../ui/format/duration';
import { profilesQuery } from '../backup-profiles/profile-queries';
import { organisationsQuery } from '../organisations/organisation-field';
import { peopleQuery } from '../people/person-field';
import { usePermission } from '../session/session';

const PEOPLE = /^(owner|deputy|user|approvedBy|requestedBy|attestedBy|cancelledBy|performer)Id$/;
const ORGANISATIONS = /^(organisation|parent)Id$/;
const PROFILE = 'backupProfileId';
/** Fields whose values are words: where those stand. */
const WORDS: Record<string, string> = {
  tier: 'domain:tier',
  fromTier: 'domain:tier',
  requestedTier: 'domain:tier',
  lifecycle: 'domain:lifecycle',
  hosting: 'domain:hosting',
  outcome: 'domain:outcome',
  role: 'domain:role',
  type: 'domain:drillType',
  source: 'domain:improvementSource',
  recurrence: 'recurrence',
  timeBasis: 'timeBasis',
};
/** Lengths of time that are stored as numbers. */
const LENGTHS = /^(interval|rpo|rto|mtd)Minutes$/;
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** One value of an event in words; what the pages know nothing of is shown as it is. */
export function FieldValue({ field, value }: { field: string; value: unknown }) {
  const text = useFieldText();
  if (Array.isArray(value) && value.length > 0)
    return (
      <ul>
        {value.map((one, index) => (
          <li key={index}>{text(field, one)}</li>
        ))}
      </ul>
    );
  return <span className="break-words whitespace-pre-wrap">{text(field, value)}</span>;
}

/** Values of fields as text, each by the name of its field. */
export function useFieldText(): (field: string, value: unknown) => string {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const duration = useDuration();
  const name = useNames();
  const text = (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      return t('audit.nothing');
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
    if (typeof value === 'number' && LENGTHS.test(field)) return duration(durationOf(value));
    if (typeof value === 'number') return field === 'version' ? String(value) : format.number(value);
    if (typeof value === 'object') return parts(value as Record<string, unknown>, text);
    const word = String(value);
    if (PEOPLE.test(field) || ORGANISATIONS.test(field) || field === PROFILE) return name(word);
    const known = `${WORDS[field]}.${word}`;
    if (field in WORDS && i18n.exists(known)) return i18n.t(known as never);
    if (field === 'scopes' && i18n.exists(`scope.${word.replace(':', '_')}`))
      return i18n.t(`scope.${word.replace(':', '_')}` as never);
    if (INSTANT.test(word)) return format.instant(word);
    if (DAY.test(word)) return format.date(word);
    return readDuration(word) ? duration(word) : word;
  };
  return text;
}

/** `管理者・経済産業省` for a role; other objects by their fields. */
function parts(value: Record<string, unknown>, text: (field: string, value: unknown) => string): string {
  return Object.entries(value)
    .map(([field, part]) =>
      field === 'role' || field.endsWith('Id') ? text(field, part) : `${field}: ${text(field, part)}`,
    )
    .join(', ');
}

/** People, organisations and backup profiles by their names of today, as far as the reader may see them. */
function useNames(): (id: string) => string {
  const may = usePermission();
  const format = useFormat();
  const people = useQuery({ ...peopleQuery, enabled: may('users:read') }).data;
  const organisations = useQuery({ ...organisationsQuery, enabled: may('organisations:read') }).data;
  const profiles = useQuery({ ...profilesQuery({ limit: 200 }), enabled: may('backup-profiles:read') }).data?.items;
  return (id) => {
    const organisation = organisations?.find((one) => one.id === id);
    if (organisation) return format.name(organisation);
    return people?.find((one) => one.id === id)?.displayName ?? profiles?.find((one) => one.id === id)?.name ?? id;
  };
}
