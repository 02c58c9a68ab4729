import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../api/administration-types';
import type { Lifecycle, Tier } from '../../api/types';
import { Button } from '../../ui/button';
import { Notice, ProblemNotice } from '../../ui/feedback';
import { CheckField, SelectField } from '../../ui/form/choice';
import { Facts, Section } from '../../ui/page';
import { OrganisationField } from '../organisations/organisation-field';
import { ImportProfiles } from './import-profiles';
import { gapsOf, PLAIN_FIELDS, type MappingDraft } from './mapping-draft';
import { SampleTable } from './sample-table';
import { WordsField } from './words-field';

const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];
const STAGES: Lifecycle[] = ['PLANNED', 'OPERATING', 'RETIRED'];

interface MappingStepProps {
  inspection: Inspection;
  fileName: string;
  draft: MappingDraft;
  onChange: (draft: MappingDraft) => void;
  checking: boolean;
  problem: unknown;
  onCheck: () => void;
  onBack: () => void;
}

/** Which column fills which field, and what each word of the file means. */
export function MappingStep({
  inspection,
  fileName,
  draft,
  onChange,
  checking,
  problem,
  onCheck,
  onBack,
}: MappingStepProps) {
  const { t } = useTranslation();
  const columns = inspection.columns.map((value) => ({ value, label: value }));
  const gaps = gapsOf(draft, inspection);
  const example = (column: string | undefined) =>
    column ? inspection.sample.map((row) => row[column]).find(Boolean) : undefined;
  return (
    <div className="grid">
      <Section title={t('imports.whatWasRead')}>
        <div className="grid gap-4">
          <Facts
            facts={[
              [t('imports.file'), fileName],
              [t('imports.format'), [inspection.format, inspection.encoding].filter(Boolean).join('・')],
              [t('imports.columnCount'), String(inspection.columns.length)],
            ]}
          />
          <SampleTable inspection={inspection} />
        </div>
      </Section>
      <ImportProfiles inspection={inspection} draft={draft} onChoose={onChange} />
      <Section title={t('imports.organisation')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <OrganisationField
            name="organisationId"
            label={t('imports.defaultOrganisation')}
            isRequired
            value={draft.organisationId}
            onChange={(organisationId) => onChange({ ...draft, organisationId })}
          />
          <SelectField
            name="organisationColumn"
            label={t('imports.organisationColumn')}
            empty={t('imports.noColumn')}
            value={draft.organisationColumn}
            onChange={(organisationColumn) => onChange({ ...draft, organisationColumn })}
            options={columns}
          />
        </div>
        {draft.organisationColumn && (
          <CheckField
            value={draft.createOrganisations}
            onChange={(createOrganisations) => onChange({ ...draft, createOrganisations })}
          >
            {t('imports.createOrganisations')}
          </CheckField>
        )}
      </Section>
      <Section title={t('imports.words')}>
        <div className="grid gap-4 lg:grid-cols-2">
          <WordsField
            name="tier"
            label={t('systemFields.tier')}
            isRequired
            words={draft.tier}
            inspection={inspection}
            options={TIERS.map((value) => ({ value, label: t(`domain:tier.${value}`) }))}
            onChange={(tier) => onChange({ ...draft, tier })}
          />
          <WordsField
            name="lifecycle"
            label={t('systemFields.lifecycle')}
            isRequired={false}
            words={draft.lifecycle}
            inspection={inspection}
            options={STAGES.map((value) => ({ value, label: t(`domain:lifecycle.${value}`) }))}
            onChange={(lifecycle) => onChange({ ...draft, lifecycle })}
          />
        </div>
      </Section>
      <Section title={t('imports.columns')}>
        <div className="grid items-end gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {PLAIN_FIELDS.map((field) => {
            const column = draft.columns[field];
            const sample = example(column);
            return (
              <SelectField
                key={field}
                name={`column-${field}`}
                label={t(`systemFields.${field}`)}
                isRequired={field === 'code' || field === 'name'}
                empty={t('imports.noColumn')}
                hint={sample && t('imports.example', { value: sample })}
                value={column ?? ''}
                onChange={(chosen) => onChange({ ...draft, columns: { ...draft.columns, [field]: chosen } })}
                options={columns}
              />
            );
          })}
          <SelectField
            name="column-owner"
            label={t('imports.ownerColumn')}
            empty={t('imports.noColumn')}
            hint={t('imports.ownerHint')}
            value={draft.ownerColumn}
            onChange={(ownerColumn) => onChange({ ...draft, ownerColumn })}
            options={columns}
          />
        </div>
      </Section>
      <div className="grid gap-4">
        {gaps.length > 0 && (
          <Notice look="warning" title={t('imports.gaps')}>
            <ul className="list-disc ps-5">
              {gaps.map((gap) => (
                <li key={gap}>{t(`imports.gap.${gap}`)}</li>
              ))}
            </ul>
          </Notice>
        )}
        {problem ? <ProblemNotice error={problem} /> : null}
        <div className="flex flex-wrap gap-3">
          <Button look="primary" isDisabled={gaps.length > 0} isPending={checking} onPress={onCheck}>
            {t('imports.check')}
          </Button>
          <Button onPress={onBack}>{t('imports.otherFile')}</Button>
        </div>
      </div>
    </div>
  );
}
