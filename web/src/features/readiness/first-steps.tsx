import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { usePermission } from '../session/session';
import { policiesQuery } from '../policies/policy-queries';

/** An empty install: three steps, each with its action. */
export function FirstSteps() {
  const { t } = useTranslation();
  const may = usePermission();
  const policies = useQuery(policiesQuery).data?.items ?? [];
  const chosen = policies.some(({ status }) => status === 'PUBLISHED');
  const steps = [
    {
      key: 'policy',
      done: chosen,
      action: may('policies:write') && (
        <LinkButton to="/policies" look={chosen ? 'secondary' : 'primary'}>
          {t('firstSteps.policyAction')}
        </LinkButton>
      ),
    },
    {
      key: 'systems',
      done: false,
      action: (
        <>
          {may('systems:create') && (
            <LinkButton to="/systems/new" look={chosen ? 'primary' : 'secondary'}>
              {t('systems.register')}
            </LinkButton>
          )}
          {may('systems:import') && <LinkButton to="/imports">{t('systems.import')}</LinkButton>}
        </>
      ),
    },
    { key: 'obligations', done: false, action: null },
  ] as const;
  return (
    <section>
      <h2 className="mb-1">{t('firstSteps.title')}</h2>
      <p className="mb-4 text-soft">{t('firstSteps.text')}</p>
      <ol className="grid gap-3">
        {steps.map(({ key, done, action }, index) => (
          <li key={key} className="card flex flex-wrap items-center gap-4">
            <span
              aria-hidden="true"
              className={`inline-flex size-10 items-center justify-center rounded-full font-700 ${done ? 'bg-met text-on-met' : 'bg-tint text-primary'}`}
            >
              {done ? <Icon name="check" /> : index + 1}
            </span>
            <div className="min-w-48 flex-1">
              <h3>
                {t(`firstSteps.${key}`)}
                {done && <span className="ms-2 text-[0.875rem] text-on-met">{t('firstSteps.done')}</span>}
              </h3>
              <p className="text-soft">{t(`firstSteps.${key}Text`)}</p>
            </div>
            <div className="flex flex-wrap gap-2">{action}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}
