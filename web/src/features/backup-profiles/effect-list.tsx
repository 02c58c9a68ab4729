import { useTranslation } from 'react-i18next';
import type { ProfileEffect, ProfileEffectItem } from '../../api/types';
import { StateBadge, Tag, TierBadge, VerdictBadge } from '../../ui/badge';
import { Notice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';

const OUTCOMES = ['NEW', 'CHANGED', 'ALREADY', 'KEPT'] as const;

/** What the writing of a profile does, or would do, system by system. */
export function EffectList({ effect }: { effect: ProfileEffect }) {
  const { t } = useTranslation();
  const { items, more } = effect;
  const short = items.filter(({ after }) => after.findings.length > 0).length;
  return (
    <section className="grid gap-3" aria-label={t('backupProfiles.effect')}>
      <p className="flex flex-wrap gap-2">
        {OUTCOMES.map((outcome) => ({ outcome, count: items.filter((item) => item.outcome === outcome).length }))
          .filter(({ count }) => count > 0)
          .map(({ outcome, count }) => (
            <Tag key={outcome} look={outcome === 'NEW' || outcome === 'CHANGED' ? 'met' : 'none'}>
              {t(`backupProfiles.outcomeCount.${outcome}`, { count })}
            </Tag>
          ))}
        {short > 0 && <Tag look="soon">{t('backupProfiles.shortCount', { count: short })}</Tag>}
      </p>
      {items.length === 0 && <Notice title={t('backupProfiles.nobodyFollows')} />}
      <ul className="divide-y divide-line border-y border-line">
        {items.map((item) => (
          <EffectItem key={`${item.system.id}:${item.dataset}`} item={item} />
        ))}
      </ul>
      {more > 0 && <p className="text-soft">{t('backupProfiles.more', { count: more })}</p>}
    </section>
  );
}

function EffectItem({ item }: { item: ProfileEffectItem }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { system, outcome, dataset, before, after, affected } = item;
  return (
    <li className="grid gap-1 py-3">
      <p className="flex flex-wrap items-center gap-2">
        <strong>{format.name(system)}</strong>
        <TierBadge tier={system.tier} />
        <span className="text-soft">{dataset}</span>
        <Tag look={outcome === 'NEW' || outcome === 'CHANGED' ? 'met' : 'none'}>
          {t(`backupProfiles.outcome.${outcome}`)}
        </Tag>
      </p>
      {before.verdict !== after.verdict && (
        <p className="flex flex-wrap items-center gap-2">
          {t('backupProfiles.verdict')}
          <VerdictBadge verdict={before.verdict} />
          <span aria-hidden="true">→</span>
          <span className="sr-only">{t('backupProfiles.becomes')}</span>
          <VerdictBadge verdict={after.verdict} />
        </p>
      )}
      {after.findings.map((finding) => (
        <p key={finding.text}>
          {finding.text} {finding.gating && <Tag look="late">{t('backups.gating')}</Tag>}
        </p>
      ))}
      {affected.map((change) => (
        <p key={change.obligationId} className="flex flex-wrap items-center gap-2 text-[0.9375rem]">
          {change.ruleTitle}
          {change.fromState && <StateBadge state={change.fromState} />}
          <span aria-hidden="true">→</span>
          <span className="sr-only">{t('backupProfiles.becomes')}</span>
          <StateBadge state={change.toState} dueOn={change.dueOn} />
        </p>
      ))}
    </li>
  );
}
