import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button';
import { DurationField } from '../../../ui/form/duration-field';
import { Form, UnsavedGuard } from '../../../ui/form/form';
import type { useForm } from '../../../ui/form/use-form';
import { Section } from '../../../ui/page';
import { DraftRules } from './draft-rules';
import { NewMeasureDialog } from './new-measure-dialog';
import { type PolicyDraft, type Rule, TIERS, withRule } from './policy-draft';
import { RuleDialog } from './rule-dialog';

interface PolicyFormProps {
  form: ReturnType<typeof useForm<PolicyDraft, unknown>>;
  /** The rules that may be switched on: those of the pack the product ships with. */
  pack: readonly Rule[];
  onCancel: () => void;
}

/** A draft of a policy: its graces, its rules by tier, and the rules that are switched off. */
export function PolicyForm({ form, pack, onCancel }: PolicyFormProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'ja';
  const { rules, grace } = form.values;
  const [edited, setEdited] = useState<number | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<readonly Rule[]>([]);
  const known = [...removed, ...pack].filter(
    ({ key }, index, all) => all.findIndex((one) => one.key === key) === index,
  );
  const off = known.filter(({ key }) => !rules.some((rule) => rule.key === key));
  const labels: Record<string, string> = {
    reviewAfterChange: t('policies.reviewAfterChange'),
    rules: t('policies.rules'),
    ...Object.fromEntries(
      TIERS.map((tier) => [`grace.${tier}`, t('policies.graceOf', { tier: t(`domain:tier.${tier}`) })]),
    ),
    ...Object.fromEntries(
      form.errors.flatMap(({ field }) => (field?.startsWith('rules.') ? [[field, t('policies.rules')]] : [])),
    ),
  };
  const switchOff = (index: number) => {
    const rule = rules[index];
    if (!rule) return;
    setRemoved([rule, ...removed.filter(({ key }) => key !== rule.key)]);
    form.set(
      'rules',
      rules.filter((one) => one !== rule),
    );
  };
  const apply = (index: number, rule: Rule) => {
    form.set(
      'rules',
      rules.map((one, at) => (at === index ? rule : one)),
      `rules.${index}`,
    );
    setEdited(null);
  };
  const inEdit = edited === null ? undefined : rules[edited];
  return (
    <>
      <UnsavedGuard isDirty={form.isDirty} />
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('policies.saveDraft')} onCancel={onCancel}>
        <Section title={t('policies.graces')}>
          <p className="mb-3 max-w-prose text-soft">{t('policies.gracesText')}</p>
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
            {TIERS.map((tier) => (
              <DurationField
                key={tier}
                name={`grace.${tier}`}
                label={labels[`grace.${tier}`] ?? ''}
                units={['days', 'months']}
                isRequired
                value={grace[tier]}
                error={form.errorOf(`grace.${tier}`)}
                onChange={(period) => form.set('grace', { ...grace, [tier]: period }, `grace.${tier}`)}
              />
            ))}
            <DurationField
              {...form.bind('reviewAfterChange')}
              label={labels.reviewAfterChange ?? ''}
              units={['days', 'months']}
              isRequired
            />
          </div>
        </Section>
        <Section
          title={t('policies.rules')}
          aside={
            <Button icon="plus" onPress={() => setAdding(true)}>
              {t('policies.addMeasure')}
            </Button>
          }
        >
          <DraftRules rules={rules} errors={form.errors} onEdit={setEdited} onSwitchOff={switchOff} />
        </Section>
        {off.length > 0 && (
          <Section title={t('policies.switchedOff')}>
            <ul className="divide-y divide-line border-y border-line">
              {off.map((rule) => (
                <li key={rule.key} className="flex flex-wrap items-center justify-between gap-3 py-2">
                  <span>{rule.title[language]}</span>
                  <Button
                    onPress={() => form.set('rules', withRule(rules, rule, pack))}
                    aria-label={t('policies.switchOnRule', { rule: rule.title[language] })}
                  >
                    {t('policies.switchOn')}
                  </Button>
                </li>
              ))}
            </ul>
          </Section>
        )}
      </Form>
      {inEdit && edited !== null && (
        <RuleDialog
          key={edited}
          rule={inEdit}
          name={`rules.${edited}`}
          errors={form.errors}
          onApply={(rule) => apply(edited, rule)}
          onClose={() => setEdited(null)}
        />
      )}
      {isAdding && (
        <NewMeasureDialog
          taken={known}
          onAdd={(rule) => {
            setAdding(false);
            form.set('rules', [...rules, rule], `rules.${rules.length}`);
            setEdited(rules.length);
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}
