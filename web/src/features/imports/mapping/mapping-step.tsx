import { useTranslation } from 'react-i18next';
import type { Inspection, OwnerPattern } from '../../../api/types';
import { Button } from '../../../ui/button';
import { Notice, ProblemNotice } from '../../../ui/feedback';
import { SelectField } from '../../../ui/form/choice';
import { Section } from '../../../ui/page';
import { ImportProfiles } from './import-profiles';
import { gapsOf, TEXT_FIELDS, WORD_FIELDS, WORDS, type MappingDraft, type WordField } from './mapping-draft';
import { OrganisationColumns } from './organisation-columns';
import { WordsField } from './words-field';

const OWNER_PATTERNS: OwnerPattern[] = ['NAME_AND_EMAIL', 'EMAIL', 'NAME'];

interface MappingStepProps {
  inspection: Inspection;
  draft: MappingDraft;
  onChange: (draft: MappingDraft) => void;
  checking: boolean;
  problem: unknown;
  onCheck: () => void;
  onBack: () => void;
}

/** Which column fills which field, and what each word of the file means. */
export function MappingStep({ inspection, draft, onChange, checking, problem, onCheck, onBack }: MappingStepProps) {
  const { t } = useTranslation();
  const gaps = gapsOf(draft, inspection);
  const label = useWordLabel();
  return (
    <>
      <ImportProfiles inspection={inspection} draft={draft} onChoose={onChange} />
      <OrganisationColumns inspection={inspection} draft={draft} onChange={onChange} />
      <Section title={t('imports.words')}>
        <div className="grid gap-4 lg:grid-cols-2 2xl:grid-cols-3">
          {WORD_FIELDS.map((field) => (
            <WordsField
              key={field}
              name={field}
              label={t(`systemFields.${field}`)}
              isRequired={field === 'tier'}
              words={draft.words[field]}
              inspection={inspection}
              options={WORDS[field].map((value) => ({ value, label: label(field, value) }))}
              onChange={(words) => onChange({ ...draft, words: { ...draft.words, [field]: words } })}
            />
          ))}
        </div>
      </Section>
      <TextColumns inspection={inspection} draft={draft} onChange={onChange} />
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
    </>
  );
}

/** One of our words in the language of the pages. */
function useWordLabel() {
  const { t } = useTranslation();
  return (field: WordField, word: string): string => {
    switch (field) {
      case 'tier':
        return t(`domain:tier.${word as (typeof WORDS.tier)[number]}`);
      case 'lifecycle':
        return t(`domain:lifecycle.${word as (typeof WORDS.lifecycle)[number]}`);
      case 'hosting':
        return t(`domain:hosting.${word as (typeof WORDS.hosting)[number]}`);
      case 'confidentiality':
        return word;
      default:
        return t(word === 'true' ? 'form.yes' : 'form.no');
    }
  };
}

type TextColumnsProps = Pick<MappingStepProps, 'inspection' | 'draft' | 'onChange'>;

function TextColumns({ inspection, draft, onChange }: TextColumnsProps) {
  const { t } = useTranslation();
  const columns = inspection.columns.map((value) => ({ value, label: value }));
  const example = (column: string | undefined) =>
    column ? inspection.sample.map((row) => row[column]).find(Boolean) : undefined;
  return (
    <Section title={t('imports.columns')}>
      <div className="grid items-end gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {TEXT_FIELDS.map((field) => {
          const sample = example(draft.columns[field]);
          return (
            <SelectField
              key={field}
              name={`column-${field}`}
              label={t(`systemFields.${field}`)}
              isRequired={field === 'code' || field === 'name'}
              empty={t('imports.noColumn')}
              hint={sample && t('imports.example', { value: sample })}
              value={draft.columns[field] ?? ''}
              onChange={(chosen) => onChange({ ...draft, columns: { ...draft.columns, [field]: chosen } })}
              options={columns}
            />
          );
        })}
        <SelectField
          name="column-owner"
          label={t('imports.ownerColumn')}
          empty={t('imports.noColumn')}
          value={draft.ownerColumn}
          onChange={(ownerColumn) => onChange({ ...draft, ownerColumn })}
          options={columns}
        />
        {draft.ownerColumn && (
          <SelectField
            name="owner-pattern"
            label={t('imports.ownerPattern')}
            empty={null}
            value={draft.ownerPattern}
            onChange={(pattern) => pattern && onChange({ ...draft, ownerPattern: pattern })}
            options={OWNER_PATTERNS.map((value) => ({ value, label: t(`imports.ownerHolds.${value}`) }))}
          />
        )}
      </div>
    </Section>
  );
}
