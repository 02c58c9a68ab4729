import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PolicyEffects } from '../../../api/types';
import { TierBadge, VerdictBadge } from '../../../ui/badge';
import { Notice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { DataTable, type Column } from '../../../ui/table';

const FIGURES = ['systems', 'verdictsChanged', 'begun', 'ended', 'moved', 'reddened'] as const;
const OF_RULE = ['begun', 'ended', 'moved', 'reddened'] as const;

/** The figures of a dry run in a few sentences. */
export function EffectsSummary({ effects: { total, below } }: { effects: PolicyEffects }) {
  const { t } = useTranslation();
  return (
    <>
      <ul className="list-disc ps-6">
        <li>{t('preview.sentence.verdicts', { count: total.verdictsChanged, systems: total.systems })}</li>
        <li>{t('preview.sentence.begun', { count: total.begun, met: total.begunMet })}</li>
        <li>{t('preview.sentence.ended', { count: total.ended })}</li>
        <li>{t('preview.sentence.moved', { count: total.moved, red: total.reddened })}</li>
      </ul>
      {below.length > 0 && (
        <div className="mt-3">
          <Notice look="warning" title={t('preview.below', { count: below.length })}>
            <BelowFloor below={below} />
          </Notice>
        </div>
      )}
    </>
  );
}

function BelowFloor({ below }: { below: PolicyEffects['below'] }) {
  const format = useFormat();
  return (
    <ul>
      {below.map(({ policyId, organisation, findings }) => (
        <li key={policyId}>
          <Link to="/policies/$policyId" params={{ policyId }} className="underline">
            {format.name(organisation)}
          </Link>
          <ul className="list-disc ps-6">
            {findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

/** A dry run in tables: by tier, organisation and rule, by the day on which it begins, and system by system. */
export function EffectsTables({ effects }: { effects: PolicyEffects }) {
  const { t } = useTranslation();
  const format = useFormat();
  type Figured = Pick<PolicyEffects['total'], (typeof FIGURES)[number]>;
  const figures = <T extends Partial<Figured>>(names: readonly (keyof Figured & keyof T)[]): Column<T>[] =>
    names.map((name) => ({
      key: name as string,
      title: t(`preview.figure.${name as (typeof FIGURES)[number]}`),
      figure: true,
      cell: (row) => format.number(row[name] as number),
    }));
  const { tiers, organisations, rules, firstDue, verdicts, changed } = effects;
  return (
    <div className="grid gap-8">
      <Titled title={t('preview.byTier')}>
        <DataTable
          caption={t('preview.byTier')}
          columns={[
            { key: 'tier', title: t('preview.tier'), heads: true, cell: ({ tier }) => <TierBadge tier={tier} /> },
            ...figures<(typeof tiers)[number]>(FIGURES),
          ]}
          rows={tiers}
          rowKey={({ tier }) => tier}
        />
      </Titled>
      {verdicts.length > 0 && (
        <Titled title={t('preview.verdicts')}>
          <DataTable
            caption={t('preview.verdicts')}
            columns={[
              { key: 'tier', title: t('preview.tier'), heads: true, cell: ({ tier }) => <TierBadge tier={tier} /> },
              { key: 'from', title: t('preview.from'), cell: ({ from }) => <VerdictBadge verdict={from} /> },
              { key: 'to', title: t('preview.to'), cell: ({ to }) => <VerdictBadge verdict={to} /> },
              {
                key: 'systems',
                title: t('preview.figure.systems'),
                figure: true,
                cell: ({ systems }) => format.number(systems),
              },
            ]}
            rows={verdicts}
            rowKey={({ tier, from, to }) => `${tier} ${from} ${to}`}
          />
        </Titled>
      )}
      {firstDue.length > 0 && (
        <Titled title={t('preview.firstDue')}>
          <DataTable
            caption={t('preview.firstDue')}
            columns={[
              { key: 'day', title: t('preview.day'), heads: true, cell: ({ dueOn }) => format.date(dueOn) },
              { key: 'tier', title: t('preview.tier'), cell: ({ tier }) => <TierBadge tier={tier} /> },
              {
                key: 'obligations',
                title: t('preview.figure.begun'),
                figure: true,
                cell: ({ obligations }) => format.number(obligations),
              },
            ]}
            rows={firstDue}
            rowKey={({ dueOn, tier }) => `${dueOn} ${tier}`}
          />
        </Titled>
      )}
      {rules.length > 0 && (
        <Titled title={t('preview.byRule')}>
          <DataTable
            caption={t('preview.byRule')}
            columns={[
              { key: 'rule', title: t('policies.rule'), heads: true, cell: ({ ruleTitle }) => ruleTitle },
              ...figures<(typeof rules)[number]>(OF_RULE),
            ]}
            rows={rules}
            rowKey={({ ruleKey }) => ruleKey}
          />
        </Titled>
      )}
      {organisations.length > 0 && (
        <Titled title={t('preview.byOrganisation')}>
          <DataTable
            caption={t('preview.byOrganisation')}
            columns={[
              {
                key: 'organisation',
                title: t('readiness.organisation'),
                heads: true,
                cell: ({ organisation }) => format.name(organisation),
              },
              ...figures<(typeof organisations)[number]>(FIGURES),
            ]}
            rows={organisations}
            rowKey={({ organisation }) => organisation.id}
          />
        </Titled>
      )}
      {changed.length > 0 && (
        <Titled title={t('preview.changed')}>
          <DataTable
            caption={t('preview.changed')}
            columns={[
              {
                key: 'system',
                title: t('preview.system'),
                heads: true,
                cell: (system) => (
                  <Link to="/systems/$systemId" params={{ systemId: system.id }} className="text-link">
                    {format.name(system)}
                  </Link>
                ),
              },
              { key: 'tier', title: t('preview.tier'), cell: ({ tier }) => <TierBadge tier={tier} /> },
              { key: 'from', title: t('preview.from'), cell: ({ from }) => <VerdictBadge verdict={from} /> },
              { key: 'to', title: t('preview.to'), cell: ({ to }) => <VerdictBadge verdict={to} /> },
            ]}
            rows={changed}
            rowKey={({ id }) => id}
          />
        </Titled>
      )}
    </div>
  );
}

function Titled({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
