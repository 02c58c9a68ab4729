import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Readiness } from '../../api/types';
import { VerdictBadge } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';
import { Icon } from '../../ui/icon';

type Effective = NonNullable<Readiness['effective']>;

/** Beside the own verdict: the worst along what the system cannot do without, and the way to the system that decides it. */
export function EffectiveVerdict({ effective }: { effective: Effective }) {
  const { t } = useTranslation();
  const { verdict, chain, needed } = effective;
  if (needed === 0) return null;
  return (
    <div className="rounded-8 border border-line px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h3>{t('effective.title')}</h3>
        <VerdictBadge verdict={verdict} />
        <span className="text-[0.9375rem] text-soft">{t('effective.needed', { count: needed })}</span>
      </div>
      {chain.length === 0 ? (
        <p className="mt-1">{t('effective.none')}</p>
      ) : (
        <>
          <p className="mt-1">{t('effective.text')}</p>
          <ol aria-label={t('effective.chain')} className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
            {chain.map((link, index) => (
              <li key={link.system?.id ?? index} className="inline-flex flex-wrap items-center gap-2">
                {index > 0 && <Icon name="right" className="size-4 text-soft" />}
                <NeededSystem link={link} />
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function NeededSystem({ link: { system, verdict } }: { link: Effective['chain'][number] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!system) return <span className="text-soft">{t('effective.hidden')}</span>;
  return (
    <>
      <Link
        to="/systems/$systemId"
        params={{ systemId: system.id }}
        className="text-link inline-flex min-h-6 items-center font-700"
      >
        {format.name(system)}
      </Link>
      <VerdictBadge verdict={verdict} />
    </>
  );
}
