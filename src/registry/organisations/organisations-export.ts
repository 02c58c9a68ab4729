import type { ExportedList } from '../../audit/exports/list-export';
import type { OrganisationResponse } from './dto/organisation.response';

/** Organisations as a file, in the order of the tree. */
export const ORGANISATIONS_EXPORT: ExportedList<OrganisationResponse> = {
  name: 'organisations',
  columns: [
    { key: 'code', value: ({ code }) => code },
    { key: 'name', value: ({ name, nameEn }, { locale }) => (locale === 'en' && nameEn) || name },
    { key: 'organisationKind', words: 'export.organisationKinds', value: ({ kind }) => kind },
    { key: 'above', value: ({ path }) => path.slice(0, -1).join(' / ') || null },
    { key: 'sharesDetails', value: ({ kind, sharesDetails }) => (kind === 'AGENCY' ? sharesDetails : null) },
  ],
};
