import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type {
  DrillType,
  Evidence,
  EvidenceKind,
  NewEvidence,
  Obligation,
  Outcome,
  RecordedEvidence,
  Strength,
} from '../../api/types';
import { RadioField, SelectField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { PersonField } from '../people/person-field';
import {
  draftOf,
  EMPTY_EVIDENCE,
  evidenceBody,
  fieldsFor,
  matterOf,
  matterOfEvidence,
  requiredFor,
  type EvidenceDraft,
  type EvidenceField,
} from './evidence-draft';

const OUTCOMES: Outcome[] = ['PASSED', 'PARTIAL', 'FAILED'];
const DRILLS: DrillType[] = ['TABLETOP', 'FUNCTIONAL', 'FULL_SCALE', 'NOTIFICATION'];
const STRENGTHS: Strength[] = [
  'DECLARED',
  'LISTED',
  'COMPLETED',
  'STRUCTURE_CHECKED',
  'DATA_CHECKED',
  'RESTORED',
  'VALIDATED',
];

interface EvidenceFormProps {
  systemId: string;
  kind: EvidenceKind;
  obligation: Obligation | null;
  /** The evidence this one takes the place of; a reason is then asked for. */
  supersedes?: Evidence | undefined;
  /** How the proof is sent, where that is not by the signed-in person. */
  send?: (body: NewEvidence) => Promise<RecordedEvidence>;
  onSent: (sent: RecordedEvidence) => void;
  onCancel?: () => void;
}

/** Only the fields that this kind of evidence needs. */
export function EvidenceForm({ systemId, kind, obligation, supersedes, send, onSent, onCancel }: EvidenceFormProps) {
  const { t } = useTranslation();
  const form = useForm<EvidenceDraft, RecordedEvidence>({
    initial: supersedes ? draftOf(supersedes) : { ...EMPTY_EVIDENCE, drillType: obligation?.action.drillType ?? '' },
    // The service names the fields of a drill by their path.
    fieldOf: (name) => name.replace(/^drill\.(check\.)?/, ''),
    required: () => (supersedes ? [...requiredFor(kind), 'reason'] : requiredFor(kind)),
    save: (draft) => {
      const matter = supersedes ? matterOfEvidence(supersedes) : obligation ? matterOf(obligation) : {};
      const body = evidenceBody(kind, draft, matter);
      if (send) return send(body);
      return supersedes
        ? api.post(`/evidence/${supersedes.id}/supersede`, { ...body, reason: draft.reason })
        : api.post(`/systems/${systemId}/evidence`, body);
    },
    onSaved: onSent,
  });
  const fields: EvidenceField[] = [...fieldsFor(kind, form.values), ...(supersedes ? (['reason'] as const) : [])];
  const labels = useMemo(
    () =>
      Object.fromEntries(
        Object.keys(EMPTY_EVIDENCE).map((name) => [name, t(`evidenceFields.${name as EvidenceField}`)]),
      ),
    [t],
  );
  return (
    <Form {...form} labels={labels} onSubmit={form.submit} submit={t('evidence.send')} onCancel={onCancel}>
      {fields.map((name) => (
        <EvidenceControl key={name} name={name} label={labels[name] ?? name} form={form} />
      ))}
    </Form>
  );
}

interface ControlProps {
  name: EvidenceField;
  label: string;
  form: ReturnType<typeof useForm<EvidenceDraft, RecordedEvidence>>;
}

function EvidenceControl({ name, label, form }: ControlProps) {
  const { t } = useTranslation();
  switch (name) {
    case 'outcome':
      return (
        <RadioField
          {...form.bind('outcome')}
          label={label}
          options={OUTCOMES.map((value) => ({ value, label: t(`domain:outcome.${value}`) }))}
        />
      );
    case 'strength':
      return (
        <SelectField
          {...form.bind('strength')}
          label={label}
          hint={t('evidence.strengthHint')}
          options={STRENGTHS.map((value) => ({ value, label: t(`domain:strength.${value}`) }))}
        />
      );
    case 'drillType':
      return (
        <SelectField
          {...form.bind('drillType')}
          label={label}
          options={DRILLS.map((value) => ({ value, label: t(`domain:drillType.${value}`) }))}
        />
      );
    case 'attestedById':
      return <PersonField {...form.bind('attestedById')} label={label} />;
    case 'performedAt':
    case 'recoveryPointAt':
    case 'startedAt':
    case 'finishedAt':
      return <TextField {...form.bind(name)} label={label} type="datetime-local" />;
    case 'measuredMinutes':
      return <TextField {...form.bind(name)} label={label} type="number" inputMode="numeric" />;
    case 'note':
      return <TextField {...form.bind('note')} label={label} rows={3} />;
    case 'link':
      return <TextField {...form.bind('link')} label={label} type="url" hint={t('evidence.linkHint')} />;
    case 'expected':
      return <TextField {...form.bind('expected')} label={label} hint={t('evidence.checkHint')} />;
    default:
      return <TextField {...form.bind(name)} label={label} />;
  }
}
