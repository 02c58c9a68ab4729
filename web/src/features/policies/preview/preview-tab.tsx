import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Policy, PolicyPreview } from '../../../api/types';
import { Button } from '../../../ui/button';
import { EmptyState, Loaded, Notice, ProblemNotice, Progress } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { EffectsSummary, EffectsTables } from './effects';
import { askPreview, isUnderWay, previewQuery } from './preview-queries';

/** What a draft would change if it were published now. */
export function PreviewTab({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const query = previewQuery(policy.id);
  const preview = useQuery(query);
  const ask = useMutation({
    mutationFn: () => askPreview(policy.id, ''),
    onSuccess: (answer) => client.setQueryData(query.queryKey, answer),
  });
  const button = policy.offered.includes('edit') && (
    <Button look="primary" isPending={ask.isPending} onPress={() => ask.mutate()}>
      {t('preview.ask')}
    </Button>
  );
  return (
    <Loaded query={preview}>
      {(data) =>
        data.status === 'NONE' ? (
          <EmptyState title={t('preview.none')} action={button}>
            {t('preview.noneText')}
          </EmptyState>
        ) : (
          <div className="grid gap-6">
            {ask.error && <ProblemNotice error={ask.error} />}
            <PreviewState preview={data} />
            {data.effects && (
              <>
                <div>
                  <p className="mb-2 text-soft">
                    {t('preview.asOf', { at: format.instant(data.finishedAt), on: format.date(data.effectiveOn) })}
                  </p>
                  <EffectsSummary effects={data.effects} />
                </div>
                <EffectsTables effects={data.effects} />
              </>
            )}
            <div className="no-print">{button}</div>
          </div>
        )
      }
    </Loaded>
  );
}

/** Whether the dry run is still under way, has failed, or is of an older draft. */
export function PreviewState({ preview }: { preview: PolicyPreview }) {
  const { t } = useTranslation();
  if (isUnderWay(preview))
    return <Progress label={t('preview.running')} value={preview.systemsRead} max={preview.systemsTotal || null} />;
  if (preview.status === 'FAILED') return <Notice look="error" title={t('preview.failed')} />;
  return preview.current ? null : <Notice look="warning" title={t('preview.outdated')} />;
}
