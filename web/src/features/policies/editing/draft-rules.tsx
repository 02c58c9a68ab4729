import { useTranslation } from 'react-i18next';
import type { PolicyRule, Tier } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { Button } from '../../../ui/button';
import { ErrorText, fieldId } from '../../../ui/form/field';
import type { FormError } from '../../../ui/form/use-form';
import { DataTable, type Column } from '../../../ui/table';
import { Clause, Conditions, TierTermsCell } from '../tier-terms';
import { type Rule, shownTerms, TIERS } from './policy-draft';

interface Row {
  rule: Rule;
  name: string;
}

interface DraftRulesProps {
  rules: readonly Rule[];
  errors: readonly FormError[];
  onEdit: (index: number) => void;
  onSwitchOff: (index: number) => void;
}

/** The rules of a draft as a table, with what is wrong at the very cell that is. */
export function DraftRules({ rules, errors, onEdit, onSwitchOff }: DraftRulesProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'ja';
  const rows = rules.map((rule, index): Row => ({ rule, name: `rules.${index}` }));
  const below = (name: string) => errors.filter(({ field }) => field === name || field?.startsWith(`${name}.`));
  const ofTier = (name: string, tier: Tier) => below(`${name}.tiers.${tier}`);
  const ofRule = (name: string) => below(name).filter(({ field }) => !field?.startsWith(`${name}.tiers.`));
  const wrong = (row: Row, found: readonly FormError[]) => (
    <CellErrors errors={found} fix={t('policies.fix')} onFix={() => onEdit(rows.indexOf(row))} />
  );
  const columns: Column<Row>[] = [
    {
      key: 'title',
      title: t('policies.rule'),
      heads: true,
      cell: (row) => (
        <>
          <b>{row.rule.title[language]}</b> {row.rule.optional && <Tag>{t('policies.optional')}</Tag>}
          <Conditions conditions={(row.rule.conditions ?? []) as PolicyRule['conditions']} />
          <Clause clause={row.rule.clause} edition={row.rule.edition} />
          {wrong(row, ofRule(row.name))}
        </>
      ),
    },
    ...TIERS.map((tier): Column<Row> => ({
      key: tier,
      title: t('tier.label', { tier: t(`domain:tier.${tier}`) }),
      cell: (row) => (
        <>
          <TierTermsCell terms={shownTerms(row.rule, tier)} />
          {wrong(row, ofTier(row.name, tier))}
        </>
      ),
    })),
    {
      key: 'act',
      title: t('policies.act'),
      cell: (row) => {
        const { rule } = row;
        const index = rows.indexOf(row);
        const named = { rule: rule.title[language] };
        return (
          <span className="flex flex-wrap gap-1 lg:flex-nowrap">
            <Button onPress={() => onEdit(index)} aria-label={t('policies.editRule', named)}>
              {t('policies.edit')}
            </Button>
            <Button look="quiet" onPress={() => onSwitchOff(index)} aria-label={t('policies.switchOffRule', named)}>
              {t('policies.switchOff')}
            </Button>
          </span>
        );
      },
    },
  ];
  return <DataTable caption={t('policies.rules')} columns={columns} rows={rows} rowKey={({ rule }) => rule.key} />;
}

interface CellErrorsProps {
  errors: readonly FormError[];
  fix: string;
  onFix: () => void;
}

/** The list of errors on top leads here: each is found by the name of its field. */
function CellErrors({ errors, fix, onFix }: CellErrorsProps) {
  return errors.map(({ field, message }) => (
    <span key={`${field}:${message}`} id={field ? fieldId(field) : undefined} className="mt-1 block">
      <ErrorText>{message}</ErrorText>
      <Button look="quiet" onPress={onFix} aria-label={`${fix} – ${message}`}>
        {fix}
      </Button>
    </span>
  ));
}
