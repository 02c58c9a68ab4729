import { useTranslation } from 'react-i18next';
import { Facts, PageHeader } from '../../ui/page';
import { SubscribeSection } from '../calendar/subscribing/subscribe';
import { useMe } from '../session/session';
import { FactorsSection } from '../factors/factors-section';
import { PasswordSection } from './password-section';
import { PreferencesSection } from './preferences-section';
import { SessionsSection } from './sessions-section';
import { TokensSection } from './tokens-section';

/** What belongs to the signed-in person alone; one file for each section, in the order shown. */
export function AccountPage() {
  const { t } = useTranslation();
  const { user } = useMe();
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('account.title')}>
        <div className="mt-3">
          <Facts
            facts={[
              [t('userFields.displayName'), user.displayName],
              [t('userFields.email'), user.email],
            ]}
          />
        </div>
      </PageHeader>
      <PreferencesSection />
      <PasswordSection />
      <FactorsSection />
      <SessionsSection />
      <SubscribeSection />
      <TokensSection />
    </div>
  );
}
