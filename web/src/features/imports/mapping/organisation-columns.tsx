import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../../api/types';
import { CheckField, SelectField } from '../../../ui/form/choice';
import { Section } from '../../../ui/page';
import { OrganisationField } from '../../organisations/organisation-field';
import type { MappingDraft } from './mapping-draft';

const MOST_LEVELS = 8;

interface OrganisationColumnsProps {
  inspection: Inspection;
  draft: MappingDraft;
  onChange: (draft: MappingDraft) => void;
}

/** The organisation the register is of, and the columns that name what lies below it, level by level. */
export function OrganisationColumns({ inspection, draft, onChange }: OrganisationColumnsProps) {
  const { t } = useTranslation();
  const { organisationColumns } = draft;
  const levels = organisationColumns.length < MOST_LEVELS ? [...organisationColumns, ''] : organisationColumns;
  const choose = (level: number, column: string) => {
    const kept = organisationColumns.slice(0, level);
    onChange({ ...draft, organisationColumns: column ? [...kept, column] : kept });
  };
  return (
    <Section title={t('imports.organisation')}>
      <div className="grid items-end gap-4 sm:grid-cols-2 xl:grid-cols-3">
        <OrganisationField
          name="organisationId"
          label={t('imports.defaultOrganisation')}
          isRequired
          inside
          value={draft.organisationId}
          onChange={(organisationId) => onChange({ ...draft, organisationId })}
        />
        {levels.map((column, level) => (
          <SelectField
            key={level}
            name={`organisation-level-${level}`}
            label={t('imports.organisationColumn', { level: level + 1 })}
            empty={t('imports.noColumn')}
            value={column}
            onChange={(chosen) => choose(level, chosen)}
            options={inspection.columns.map((value) => ({ value, label: value }))}
          />
        ))}
      </div>
      {organisationColumns.length > 0 && (
        <CheckField
          value={draft.createOrganisations}
          onChange={(createOrganisations) => onChange({ ...draft, createOrganisations })}
        >
          {t('imports.createOrganisations')}
        </CheckField>
      )}
    </Section>
  );
}
