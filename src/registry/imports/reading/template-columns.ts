import { type Locale, message } from '../../../platform/messages/messages';

const FIELDS = [
  'code',
  'name',
  'nameEn',
  'organisation',
  'owner',
  'tier',
  'lifecycle',
  'hosting',
  'confidentiality',
  'integrity',
  'availability',
  'publicFacing',
  'outsourced',
  'sites',
  'supplier',
  'rto',
  'rpo',
  'mtd',
  'note',
] as const;

/** The header of the empty register that is offered: names that the suggested mapping knows again. */
export function templateColumns(locale: Locale): string[] {
  return FIELDS.map((field) => message(locale, `importFile.${field}`));
}
