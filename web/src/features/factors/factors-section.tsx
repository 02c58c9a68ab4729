import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/page';
import { factorsQuery } from './factor-queries';
import { Factors } from './factors';

/** The part of the account page. */
export function FactorsSection() {
  const { t } = useTranslation();
  const required = useQuery(factorsQuery).data?.required;
  return (
    <Section title={t('factors.title')}>
      <p className="mb-3 text-soft">{t('factors.text')}</p>
      {required && <p className="mb-3 font-700">{t('factors.required')}</p>}
      <Factors />
    </Section>
  );
}
