import type { Role } from '../../access/role-assignment.entity';
import type { OrganisationKind } from '../../registry/organisations/organisation.entity';

/** An organisation of the demo; every name is invented. */
export interface DemoOrganisation {
  code: string;
  name: string;
  nameEn: string;
  kind: OrganisationKind;
  parent: string | null;
  /** Keeps its details to itself. */
  closed?: boolean;
}

export const DEMO_ORGANISATIONS: readonly DemoOrganisation[] = [
  { code: 'MIHON', name: '見本省', nameEn: 'Ministry of Samples', kind: 'MINISTRY', parent: null },
  { code: 'MIHON-SEC', name: '大臣官房', nameEn: "Minister's Secretariat", kind: 'BUREAU', parent: 'MIHON' },
  { code: 'MIHON-DIG', name: 'デジタル統括室', nameEn: 'Digital Office', kind: 'DIVISION', parent: 'MIHON-SEC' },
  { code: 'MIHON-IND', name: '産業支援局', nameEn: 'Industry Support Bureau', kind: 'BUREAU', parent: 'MIHON' },
  {
    code: 'RESEARCH',
    name: '独立行政法人 見本研究機構',
    nameEn: 'Sample Research Agency',
    kind: 'AGENCY',
    parent: 'MIHON',
  },
  {
    code: 'INSPECT',
    name: '独立行政法人 見本検査機構',
    nameEn: 'Sample Inspection Agency',
    kind: 'AGENCY',
    parent: 'MIHON',
    closed: true,
  },
];

/** A person of the demo. Those with a role can sign in; all addresses are in `.example` and reach nobody. */
export interface DemoPerson {
  email: string;
  displayName: string;
  roles: readonly { role: Role; organisation: string }[];
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { email: 'admin@demo.example', displayName: '管理 太郎', roles: [{ role: 'ADMIN', organisation: 'MIHON' }] },
  { email: 'ciso@demo.example', displayName: '統括 花子', roles: [{ role: 'CISO_OFFICE', organisation: 'MIHON' }] },
  { email: 'manager@demo.example', displayName: '責任 一郎', roles: [{ role: 'MANAGER', organisation: 'MIHON' }] },
  { email: 'owner@demo.example', displayName: '運用 さくら', roles: [{ role: 'OWNER', organisation: 'MIHON' }] },
  { email: 'auditor@demo.example', displayName: '監査 健', roles: [{ role: 'AUDITOR', organisation: 'MIHON' }] },
  { email: 'deputy@demo.example', displayName: '副島 翔', roles: [] },
  { email: 'kenkyu@demo.example', displayName: '研究 葵', roles: [] },
  { email: 'kensa@demo.example', displayName: '検査 大輔', roles: [{ role: 'ADMIN', organisation: 'INSPECT' }] },
];
