import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Hosting, HistoryEvent, Lifecycle, Tier } from '../../../api/types';
import { useDuration } from '../../../ui/format/duration';
import { useFormat } from '../../../ui/format/format';
import { MergeDialog } from '../../../ui/merge/merge-dialog';
import { organisationsQuery } from '../../organisations/organisation-field';
import { peopleQuery } from '../../people/person-field';
import type { SystemDraft } from './system-fields';

interface Props {
  base: SystemDraft;
  mine: SystemDraft;
  theirs: SystemDraft;
  /** The last thing that was done to the system. */
  last: HistoryEvent | undefined;
  onSave: (draft: SystemDraft) => void;
  onClose: () => void;
}

/** What I filled in beside what somebody else has saved meanwhile, field by field. */
export function MergeSystem({ last, ...props }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const show = useShown();
  const names = Object.keys(props.base) as (keyof SystemDraft)[];
  const by = last?.actor?.displayName && t('merge.by', { name: last.actor.displayName, at: format.instant(last.at) });
  return (
    <MergeDialog
      {...props}
      labels={Object.fromEntries(names.map((name) => [name, t(`systemFields.${name}`)]))}
      show={show}
      by={by || null}
    />
  );
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
