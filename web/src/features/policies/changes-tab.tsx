import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Policy, PolicyChanges } from '../../api/types';
import { Tag } from '../../ui/badge';
import { EmptyState, Loaded } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { useFormat } from '../../ui/format/format';
import { changesQuery } from './policy-queries';

const LOOK = { ADDED: 'met', REMOVED: 'late', CHANGED: 'soon' } as const;

interface ChangesTabProps {
  policy: Policy;
  /** The number of the version it is compared with; empty for the one before. */
  since: string;
  onSince: (since: string) => void;
}

/** What differs between a version and an earlier one, cell by cell. */
export function ChangesTab({ policy, since, onSince }: ChangesTabProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const changes = useQuery(changesQuery(policy.id, since));
  const earlier = Array.from({ length: policy.version - 1 }, (_, at) => String(policy.version - 1 - at));
  return (
    <>
      {earlier.length > 1 && (
        <div className="no-print mb-4 max-w-xs">
          <SelectField
            quiet
            name="since"
            label={t('policies.comparedWith')}
            empty={t('policies.versionBefore')}
            value={since}
            options={earlier.map((version) => ({ value: version, label: t('policies.versionNumber', { version }) }))}
            onChange={onSince}
          />
        </div>
      )}
      <Loaded query={changes}>
        {({ since: older, cells, rules }) => {
          if (!older) return <EmptyState title={t('policies.firstVersion')} />;
          const { organisation, version } = older;
          return (
            <>
              <p className="mb-4 text-soft">
                {t('policies.changesSince', {
                  policy: t('policies.of', { organisation: format.name(organisation), version }),
                })}
              </p>
              {cells.length + rules.length === 0 && <EmptyState title={t('policies.noChanges')} />}
              <Cells cells={cells} />
              <ul className="divide-y divide-line">
                {rules.map(({ ruleKey, ruleTitle, change, cells: changed }) => (
                  <li key={ruleKey} className="py-3">
                    <Tag look={LOOK[change]}>{t(`diff.change.${change}`)}</Tag> <b>{ruleTitle}</b>
                    <Cells cells={changed} />
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Cells({ cells }: { cells: PolicyChanges['cells'] }) {
  const { t } = useTranslation();
  return (
    <ul className="ms-6 list-disc">
      {cells.map(({ where, before, after }) => (
        <li key={where}>
          {where}
          {t('diff.colon')}
          <del>{before ?? '—'}</del> → <ins>{after ?? '—'}</ins>
        </li>
      ))}
    </ul>
  );
}
