import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DrillType, ProcedureVersion, Recurrence, TimeBasis } from '../../../api/types';
import { instantOf, useFormat } from '../../../ui/format/format';
import type { MergeWords } from '../../../ui/merge/merge-dialog';
import { useFieldText } from '../../audit/field-value';
import { proceduresQuery } from '../../procedures/procedure-queries';
import type { DrillDraft } from './drill-draft';

/** What the fields of a plan are called. */
export function useDrillLabels() {
  const { t } = useTranslation();
  return {
    title: t('drills.fields.title'),
    type: t('drills.fields.type'),
    scheduledAt: t('drills.fields.scheduledAt'),
    plannedMinutes: t('drills.fields.plannedMinutes'),
    recurrence: t('drills.fields.recurrence'),
    timeBasis: t('drills.timeBasis'),
    procedureVersionId: t('drills.fields.procedure'),
    checkExpected: t('drills.fields.checkExpected'),
    participants: t('drills.fields.participants'),
  };
}

/** The versions of the procedures of a system, as they are chosen from. */
export function useVersionChoice(systemId: string) {
  const { t } = useTranslation();
  const procedures = useQuery(proceduresQuery(systemId)).data?.items ?? [];
  return procedures.flatMap(({ title, current, draft }) =>
    [current, draft].flatMap((each) =>
      each
        ? [
            {
              value: each.versionId,
              label: t('drills.versionOf', {
                title,
                version: each.version,
                status: t(`procedureStatus.${each.status}`),
              }),
            },
          ]
        : [],
    ),
  );
}

/** Booked people are told apart by who they are. */
export const BOOKING_KEYS = { participants: ({ userId }: DrillDraft['participants'][number]) => userId };

/** A plan in words, for the choice between two versions of it. */
export function useDrillWords(systemId: string, version: ProcedureVersion | undefined): MergeWords {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useFieldText();
  const versions = useVersionChoice(systemId);
  const step = (key: string) => version?.steps.find((each) => each.key === key)?.title ?? key;
  const words: Record<string, (value: string) => string> = {
    type: (value) => t(`domain:drillType.${value as DrillType}`),
    recurrence: (value) => t(`recurrence.${value as Recurrence}`),
    timeBasis: (value) => t(`timeBasis.${value as TimeBasis}`),
    scheduledAt: (value) => format.instant(instantOf(value)),
    procedureVersionId: (value) => versions.find((each) => each.value === value)?.label ?? text('', value),
  };
  return {
    labels: {
      ...useDrillLabels(),
      leftOut: t('drills.fields.leftOut'),
      'participants.name': t('drills.fields.participants'),
      'participants.part': t('drills.fields.partTaken'),
    },
    show: (name, value) => {
      if (name === 'leftOut') return text(name, (value as string[]).map(step).join(t('form.listComma')));
      return (value !== '' && words[name]?.(String(value))) || text(name, value);
    },
    titleOf: (_list, booked) => (booked as DrillDraft['participants'][number]).name,
  };
}
