import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { BackupRequirement } from '../../../api/types';
import { SelectField } from '../../../ui/form/choice';
import { DurationField } from '../../../ui/form/duration-field';
import { TextField } from '../../../ui/form/field';
import type { FieldBinding } from '../../../ui/form/use-form';
import { toolsQuery } from '../inlet-queries';
import { type InletDraft, MAPPED_TOOL, SCHEDULE_KINDS } from './inlet-draft';
import { useInletWords } from './inlet-words';

/** As in docs/backup-tools.md. */
const MAPPING_EXAMPLE = `{ "items": "/jobs",
  "fields": {
    "outcome": { "pointer": "/state", "values": { "ok": "PASSED", "warn": "PARTIAL", "error": "FAILED" } },
    "kind": { "value": "BACKUP" }, "strength": { "value": "COMPLETED" },
    "startedAt": { "pointer": "/start" }, "recoveryPointAt": { "pointer": "/start" }, "runKey": { "pointer": "/id" } } }`;

interface InletFieldsProps {
  requirement: BackupRequirement;
  draft: InletDraft;
  bind: <K extends keyof InletDraft>(name: K) => FieldBinding<InletDraft[K]>;
}

/** Which tool reports, when it runs, and what of it counts. */
export function InletFields({ requirement, draft, bind }: InletFieldsProps) {
  const { t } = useTranslation();
  const { labels } = useInletWords();
  const tools = useQuery(toolsQuery).data?.items ?? [];
  const sites = [...new Set([...requirement.copies.map(({ site }) => site), draft.copySite])].filter(Boolean);
  const at = <K extends keyof InletDraft>(name: K) => ({ ...bind(name), label: labels[name] ?? name });
  return (
    <>
      <TextField {...at('name')} hint={t('inlets.nameHint')} />
      <SelectField
        {...at('tool')}
        empty={t('inlets.anyTool')}
        options={tools.map(({ tool, name }) => ({ value: tool, label: name }))}
      />
      {(draft.tool === MAPPED_TOOL || draft.mapping !== '') && (
        <TextField
          {...at('mapping')}
          rows={8}
          hint={
            <>
              {t('inlets.mappingHint')}
              <code className="mt-1 block whitespace-pre-wrap break-words">{MAPPING_EXAMPLE}</code>
            </>
          }
        />
      )}
      <SelectField
        {...at('scheduleKind')}
        options={SCHEDULE_KINDS.map((value) => ({ value, label: t(`inlets.kind.${value}`) }))}
      />
      <TextField {...at('schedule')} hint={t('inlets.scheduleHint')} />
      <DurationField {...at('grace')} hint={t('inlets.graceHint')} units={['minutes', 'hours']} />
      <TextField {...at('timeZone')} hint={t('inlets.timeZoneHint')} />
      <TextField {...at('ownNames')} rows={3} hint={t('inlets.ownNamesHint')} />
      <SelectField
        {...at('copySite')}
        empty={t('inlets.noSite')}
        options={sites.map((site) => ({ value: site, label: site }))}
      />
    </>
  );
}
