import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Strength } from '../../../api/types';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { ErrorText, TextField } from '../../../ui/form/field';
import { CheckField, SelectField } from '../../../ui/form/choice';
import type { FormError } from '../../../ui/form/use-form';
import { ConditionsField } from './conditions-field';
import { type Condition, HAS_CADENCE, type Rule, TIERS } from './policy-draft';
import { termsDraft, TermsFields, termsOf } from './terms-fields';

const STRENGTHS: readonly Strength[] = [
  'DECLARED',
  'LISTED',
  'COMPLETED',
  'STRUCTURE_CHECKED',
  'DATA_CHECKED',
  'RESTORED',
  'VALIDATED',
];

interface RuleDialogProps {
  rule: Rule;
  /** The place of the rule in the draft, as its errors name it: `rules.3`. */
  name: string;
  errors: readonly FormError[];
  onApply: (rule: Rule) => void;
  onClose: () => void;
}

/** Edits one rule of a draft: its words, its clause, and what each tier owes. */
export function RuleDialog({ rule, name, errors, onApply, onClose }: RuleDialogProps) {
  const { t, i18n } = useTranslation();
  const [title, setTitle] = useState(rule.title);
  const [clause, setClause] = useState(rule.clause ?? '');
  const [edition, setEdition] = useState(rule.edition ?? '');
  const [minStrength, setMinStrength] = useState<Strength | ''>(rule.minStrength ?? '');
  const [anchor, setAnchor] = useState<NonNullable<Rule['anchor']>>(rule.anchor ?? 'LAST_DONE');
  const [sharedDrills, setSharedDrills] = useState(rule.metBy?.sharedDrills ?? false);
  const [conditions, setConditions] = useState<Condition[]>(rule.conditions ?? []);
  const [tiers, setTiers] = useState(() => {
    const draft = (tier: (typeof TIERS)[number]) => (rule.tiers[tier] ? termsDraft(rule.tiers[tier]) : null);
    return { HIGH: draft('HIGH'), MODERATE: draft('MODERATE'), LOW: draft('LOW') };
  });
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  const apply = () => {
    const { key, kind, scope, target, metBy, optional } = rule;
    onApply({
      ...{ key, kind, title, scope },
      ...(target && { target }),
      ...(metBy && { metBy: withShared(metBy, sharedDrills) }),
      ...(optional && { optional }),
      ...(minStrength && { minStrength }),
      ...(anchor !== 'LAST_DONE' && { anchor }),
      ...(clause.trim() && { clause: clause.trim() }),
      ...(edition.trim() && { edition: edition.trim() }),
      ...(conditions.length > 0 && { conditions }),
      tiers: Object.fromEntries(
        TIERS.flatMap((tier) => (tiers[tier] ? [[tier, termsOf(rule.kind, tiers[tier])]] : [])),
      ),
    });
  };
  const shown = errors.filter(({ field }) => field === name || field?.startsWith(`${name}.`));
  return (
    <Dialog title={t('policies.ruleOf', { rule: rule.title[i18n.language === 'en' ? 'en' : 'ja'] })} onClose={onClose}>
      <div className="grid gap-5">
        {shown.map(({ field, message }) => (
          <ErrorText key={field}>{message}</ErrorText>
        ))}
        <div className="grid gap-3 sm:grid-cols-2">
          {(['ja', 'en'] as const).map((locale) => (
            <TextField
              key={locale}
              name={`${name}.title.${locale}`}
              label={t(`policies.titleIn.${locale}`)}
              isRequired
              value={title[locale]}
              error={errorOf(`${name}.title.${locale}`)}
              onChange={(text) => setTitle({ ...title, [locale]: text })}
            />
          ))}
          <TextField
            name={`${name}.clause`}
            label={t('policies.clause')}
            hint={t('policies.clauseHint')}
            value={clause}
            error={errorOf(`${name}.clause`)}
            onChange={setClause}
          />
          <TextField
            name={`${name}.edition`}
            label={t('policies.edition')}
            hint={t('policies.editionHint')}
            value={edition}
            error={errorOf(`${name}.edition`)}
            onChange={setEdition}
          />
          {rule.kind !== 'TARGET' && (
            <SelectField
              name={`${name}.minStrength`}
              label={t('policies.strength')}
              empty={t('policies.anyStrength')}
              value={minStrength}
              error={errorOf(`${name}.minStrength`)}
              options={STRENGTHS.map((value) => ({ value, label: t(`domain:strength.${value}`) }))}
              onChange={setMinStrength}
            />
          )}
          {HAS_CADENCE.includes(rule.kind) && (
            <SelectField
              name={`${name}.anchor`}
              label={t('policies.anchor')}
              empty={null}
              value={anchor}
              error={errorOf(`${name}.anchor`)}
              options={(['LAST_DONE', 'FISCAL_YEAR'] as const).map((value) => ({
                value,
                label: t(`policies.anchors.${value}`),
              }))}
              onChange={(value) => value && setAnchor(value)}
            />
          )}
        </div>
        {rule.kind === 'DRILL' && (
          <CheckField name={`${name}.metBy.sharedDrills`} value={sharedDrills} onChange={setSharedDrills}>
            {t('policies.sharedDrills')}
          </CheckField>
        )}
        <ConditionsField
          name={`${name}.conditions`}
          label={t('policies.conditionsOfRule')}
          value={conditions}
          onChange={setConditions}
        />
        {TIERS.map((tier) => (
          <TermsFields
            key={tier}
            kind={rule.kind}
            tier={tier}
            name={`${name}.tiers.${tier}`}
            value={tiers[tier]}
            errorOf={errorOf}
            onChange={(terms) => setTiers({ ...tiers, [tier]: terms })}
          />
        ))}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" onPress={apply}>
            {t('policies.applyRule')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Not to count them is said by leaving it out, as the pack does: else a draft would differ where nothing was changed. */
function withShared({ sharedDrills: _was, ...metBy }: NonNullable<Rule['metBy']>, isShared: boolean): Rule['metBy'] {
  return isShared ? { ...metBy, sharedDrills: true } : metBy;
}
