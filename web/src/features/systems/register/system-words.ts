import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Hosting, Lifecycle, Tier } from '../../../api/types';
import { useDuration } from '../../../ui/format/duration';
import { useFormat } from '../../../ui/format/format';
import type { MergeWords } from '../../../ui/merge/merge-dialog';
import { organisationsQuery } from '../../organisations/organisation-field';
import { peopleQuery } from '../../people/person-field';
import type { SystemDraft } from './system-fields';

/** The fields of a system and their values in words, for the choice between two versions. */
export function useSystemWords(draft: SystemDraft): MergeWords {
  const { t } = useTranslation();
  const names = Object.keys(draft) as (keyof SystemDraft)[];
  const show = useShown();
  return {
    labels: Object.fromEntries(names.map((name) => [name, t(`systemFields.${name}`)])),
    show: (name, value) => show(name as keyof SystemDraft, value),
  };
}

function useShown() {
  const { t } = useTranslation();
  const format = useFormat();
  const duration = useDuration();
  const people = useQuery(peopleQuery).data;
  const organisations = useQuery(organisationsQuery).data;
  return (name: keyof SystemDraft, value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'bulk.yes' : 'bulk.no');
    const text = String(value ?? '');
    if (text === '' || text.startsWith('unit:')) return t('merge.empty');
    const words: Partial<Record<keyof SystemDraft, () => string>> = {
      organisationId: () => {
        const organisation = organisations?.find(({ id }) => id === text);
        return organisation ? format.name(organisation) : '…';
      },
      ownerId: () => people?.find(({ id }) => id === text)?.displayName ?? '…',
      deputyId: () => people?.find(({ id }) => id === text)?.displayName ?? '…',
      tier: () => t(`domain:tier.${text as Tier}`),
      lifecycle: () => t(`domain:lifecycle.${text as Lifecycle}`),
      hosting: () => t(`domain:hosting.${text as Hosting}`),
      rto: () => duration(text),
      rpo: () => duration(text),
      mtd: () => duration(text),
    };
    return words[name]?.() ?? text.replaceAll('\n', t('text.dot'));
  };
}
