import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/page';
import { Factors } from './factors';

/** The part of the account page. */
export function FactorsSection() {
  const { t } = useTranslation();
  return (
    <Section title={t('factors.title')}>
      <p className="mb-3 text-soft">{t('factors.text')}</p>
      <Factors />
    </Section>
  );
}
