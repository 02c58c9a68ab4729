import { useTranslation } from 'react-i18next';
import type { BackupCopy } from '../../../api/types';
import { DurationField } from '../../../ui/form/duration-field';
import { TextField } from '../../../ui/form/field';
import type { FieldBinding } from '../../../ui/form/use-form';
import type { MergeWords } from '../../../ui/merge/merge-dialog';
import { useFieldText } from '../../audit/field-value';
import { METHODS, type TermsDraft } from './backup-draft';
import { CopiesFields, useCopyFieldLabels, useCopyLabels } from './copies-fields';

type TextTerm = Exclude<keyof TermsDraft, 'copies'>;

const SPANS = ['hours', 'minutes', 'days'] as const;
const PERIODS = ['days', 'months', 'years'] as const;
const TEXT_TERMS = [
  ...(['method', 'interval', 'rpo', 'retention', 'generations'] as const),
  ...(['verificationCadence', 'restoreTestCadence'] as const),
] satisfies TextTerm[];

/** The labels of all fields, for the summary of errors. */
export function useTermsLabels({ copies }: TermsDraft): Record<string, string> {
  const { t } = useTranslation();
  const copyLabels = useCopyLabels(copies);
  const labels = [...TEXT_TERMS, 'copies' as const].map((name) => [name, t(`backupFields.${name}`)]);
  return { ...(Object.fromEntries(labels) as Record<string, string>), ...copyLabels };
}

/** The terms in words, for the choice between two versions of them. */
export function useTermsWords(): MergeWords {
  const { t, i18n } = useTranslation();
  const text = useFieldText();
  const names = [...TEXT_TERMS, 'copies' as const].map((name) => [name, t(`backupFields.${name}`)] as const);
  return {
    labels: { ...Object.fromEntries(names), ...useCopyFieldLabels() },
    show: (name, value) => {
      const method = `backupMethod.${String(value)}`;
      return name === 'method' && i18n.exists(method) ? t(method as 'backupMethod.FULL') : text(name, value);
    },
    titleOf: (_list, copy) => (copy as BackupCopy).site,
  };
}

/** Copies are told apart by where they are. */
export const COPY_KEYS = { copies: ({ site }: BackupCopy) => site };

interface TermsFieldsProps {
  draft: TermsDraft;
  bind: (name: TextTerm) => FieldBinding<string>;
  setCopies: (copies: TermsDraft['copies']) => void;
  errorOf: (name: string) => string | undefined;
}

/** How it is saved, how often, kept how long, checked how often, in which copies. */
export function TermsFields({ draft, bind, setCopies, errorOf }: TermsFieldsProps) {
  const { t } = useTranslation();
  const methods = METHODS.map((value) => ({ value, label: t(`backupMethod.${value}`) }));
  return (
    <>
      <TextField
        {...bind('method')}
        label={t('backupFields.method')}
        hint={t('backups.methodHint')}
        suggestions={methods}
      />
      <DurationField
        {...bind('interval')}
        label={t('backupFields.interval')}
        units={SPANS}
        hint={t('backups.intervalHint')}
      />
      <DurationField {...bind('rpo')} label={t('backupFields.rpo')} units={SPANS} />
      <DurationField {...bind('retention')} label={t('backupFields.retention')} units={PERIODS} />
      <TextField
        {...bind('generations')}
        label={t('backupFields.generations')}
        hint={t('backups.generationsHint')}
        type="number"
        inputMode="numeric"
      />
      <DurationField
        {...bind('verificationCadence')}
        label={t('backupFields.verificationCadence')}
        units={PERIODS}
        hint={t('backups.cadenceHint')}
      />
      <DurationField
        {...bind('restoreTestCadence')}
        label={t('backupFields.restoreTestCadence')}
        units={PERIODS}
        hint={t('backups.cadenceHint')}
      />
      <CopiesFields copies={draft.copies} onChange={setCopies} errorOf={errorOf} />
    </>
  );
}
