import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { TierBadge, VerdictBadge } from '../../../ui/badge';
import { Loaded } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { Section } from '../../../ui/page';
import { systemsQuery } from '../../systems/system-queries';

const SHOWN = 10;

/** The systems that the person owns or deputises for: the first ones, and the way to all. */
export function PersonSystems({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const systems = useQuery(systemsQuery({ owner: userId, limit: SHOWN }));
  return (
    <Section title={t('users.systems')}>
      <Loaded query={systems}>
        {({ items, total = 0 }) =>
          items.length === 0 ? (
            <p className="text-soft">{t('users.noSystems')}</p>
          ) : (
            <>
              <ul className="grid gap-2">
                {items.map((system) => (
                  <li
                    key={system.id}
                    className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-8 border border-line px-4 py-1"
                  >
                    <span className="min-w-0">
                      <Link
                        to="/systems/$systemId"
                        params={{ systemId: system.id }}
                        className="text-link inline-flex min-h-6 items-center font-700"
                      >
                        {format.name(system)}
                      </Link>{' '}
                      <span className="text-[0.875rem] text-soft">
                        {t(system.owner?.id === userId ? 'users.asOwner' : 'users.asDeputy')}
                      </span>
                    </span>
                    <span className="flex flex-wrap gap-2">
                      <TierBadge tier={system.tier} />
                      <VerdictBadge verdict={system.verdict} />
                    </span>
                  </li>
                ))}
              </ul>
              {total > items.length && (
                <p className="mt-3">
                  <Link
                    to="/systems"
                    search={{ owner: userId }}
                    className="text-link inline-flex min-h-11 items-center"
                  >
                    {t('users.allSystems', { count: total })}
                  </Link>
                </p>
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
