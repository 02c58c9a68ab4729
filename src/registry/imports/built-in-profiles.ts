import type { ImportMappingTemplate } from './dto/import-mapping.request';

/** A mapping that comes with the product, for a register that many offices publish in the same shape. */
export interface BuiltInProfile {
  id: string;
  name: string;
  mapping: ImportMappingTemplate;
}

/**
 * Government Review of Administrative Programmes (行政事業レビュー), one row per programme. It says nothing of importance, so every new system
 * begins as MODERATE until somebody has classified it; and four levels in five are blank below the bureau, so blanks are skipped.
 */
const ADMINISTRATIVE_REVIEW: ImportMappingTemplate = {
  columns: {
    code: '予算事業ID',
    name: '事業名',
  },
  organisation: {
    columns: ['府省庁', '局・庁', '部', '課', '室'],
    kinds: ['MINISTRY', 'BUREAU', 'DIVISION', 'DIVISION', 'DIVISION'],
    create: true,
    skipBlank: true,
  },
  tier: { value: 'MODERATE' },
  lifecycle: { value: 'OPERATING' },
};

/**
 * Namespaces of a cloud platform of the Ministry of Justice (UK). One application has several namespaces, so the namespace is the code. The only
 * mark of importance is `is_production`: what serves the public is HIGH, rehearsal stages are LOW; nothing in the file would justify MODERATE.
 */
const CLOUD_PLATFORM_NAMESPACES: ImportMappingTemplate = {
  columns: {
    code: 'namespace',
    name: 'application',
  },
  organisation: { columns: ['business_unit'], kinds: ['AGENCY'], create: true },
  tier: { column: 'is_production', values: { true: 'HIGH', false: 'LOW' } },
  hosting: { value: 'CLOUD' },
  owner: { column: 'owner', pattern: 'NAME_AND_EMAIL' },
};

export const BUILT_IN_PROFILES: readonly BuiltInProfile[] = [
  { id: 'jp-administrative-review', name: '行政事業レビュー（予算事業ID）', mapping: ADMINISTRATIVE_REVIEW },
  {
    id: 'uk-moj-namespaces',
    name: 'Cloud Platform namespaces (UK Ministry of Justice)',
    mapping: CLOUD_PLATFORM_NAMESPACES,
  },
];
