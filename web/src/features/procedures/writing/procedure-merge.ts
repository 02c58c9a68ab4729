import { useTranslation } from 'react-i18next';
import type { MergeWords } from '../../../ui/merge/merge-dialog';
import { useFieldText } from '../../audit/field-value';
import { type ContactDraft, emptyStep, isWritten, type ProcedureDraft, type StepDraft } from './procedure-draft';

/** Steps are told apart by their keys, contacts by their names. */
export const ROW_KEYS = { steps: ({ key }: StepDraft) => key, contacts: ({ name }: ContactDraft) => name };

/** Mine without rows left empty; steps that both have added under the same key are two, so mine gets another. */
export function fitted(mine: ProcedureDraft, base: ProcedureDraft, theirs: ProcedureDraft): ProcedureDraft {
  const steps = mine.steps.filter(isWritten);
  const has = ({ steps: all }: ProcedureDraft, key: string) => all.some((step) => step.key === key);
  const taken = [...base.steps, ...theirs.steps, ...mine.steps];
  const keys = new Map<string, string>();
  for (const { key } of steps)
    if (has(theirs, key) && !has(base, key)) {
      const fresh = emptyStep(taken);
      taken.push(fresh);
      keys.set(key, fresh.key);
    }
  const now = (key: string) => keys.get(key) ?? key;
  return {
    ...mine,
    steps: steps.map((step) => ({ ...step, key: now(step.key), dependsOn: step.dependsOn.map(now) })),
    contacts: mine.contacts.filter(({ name }) => name),
  };
}

/** Without waiting for steps that are not there: one of two had removed what the other's step waits for. */
export function joined(draft: ProcedureDraft): ProcedureDraft {
  const keys = new Set(draft.steps.map(({ key }) => key));
  const steps = draft.steps.map((step) => ({ ...step, dependsOn: step.dependsOn.filter((key) => keys.has(key)) }));
  return { ...draft, steps };
}

/** A version in words, for the choice between two of them. */
export function useProcedureWords(): MergeWords {
  const { t } = useTranslation();
  const text = useFieldText();
  return {
    labels: {
      markdown: t('procedures.text'),
      launchCriteria: t('procedures.launchCriteria'),
      launchedBy: t('procedures.launchedBy'),
      steps: t('procedures.oneStep'),
      'steps.title': t('procedures.stepField.title'),
      'steps.role': t('procedures.stepField.role'),
      'steps.location': t('procedures.stepField.location'),
      'steps.plannedMinutes': t('procedures.stepField.plannedMinutes'),
      'steps.instructions': t('procedures.stepField.instructions'),
      'steps.dependsOn': t('procedures.dependsOn'),
      contacts: t('procedures.oneContact'),
      'contacts.name': t('procedures.contact.name'),
      'contacts.role': t('procedures.contact.role'),
      'contacts.phone': t('procedures.contact.phone'),
      'contacts.email': t('procedures.contact.email'),
      'contacts.confirmedOn': t('procedures.contact.confirmedOn'),
    },
    show: (name, value, titled) =>
      name === 'steps.dependsOn'
        ? text(name, (value as string[]).map((key) => titled('steps', key)).join(t('form.listComma')))
        : text(name, value),
    titleOf: (list, row) => (list === 'steps' ? (row as StepDraft).title : (row as ContactDraft).name),
  };
}
