import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { Button, LinkButton } from '../../../ui/button';
import { Facts, PageHeader } from '../../../ui/page';
import { PersonHandOverDialog } from '../../hand-over/person-hand-over-dialog';
import { useMe, usePermission } from '../../session/session';
import { LoadedPage } from '../../shell/loaded-page';
import { userQuery } from '../people-queries';
import { AccountDialog } from './account-dialog';
import { EditPersonDialog } from './edit-person-dialog';
import { EraseDialog } from './erase-dialog';
import { PersonRoles } from './person-roles';
import { PersonSignIn } from './person-sign-in';
import { PersonSystems } from './person-systems';
import { PersonTokens } from './person-tokens';

const route = getRouteApi('/shell/users/$userId');

/** One person: who they are, in which role where, what they answer for, and what acts for them. */
export function PersonPage() {
  const { userId } = route.useParams();
  const person = useQuery(userQuery(userId));
  return (
    <LoadedPage query={person}>{({ value, etag }) => <Person key={value.id} user={value} etag={etag} />}</LoadedPage>
  );
}

function Person({ user, etag }: { user: User; etag: string | null }) {
  const { t } = useTranslation();
  const me = useMe();
  const may = usePermission();
  const [open, setOpen] = useState<'edit' | 'account' | 'erase' | 'handOver' | null>(null);
  const close = () => setOpen(null);
  const { active, erased } = user;
  const change = may('users:write') && !erased && (
    <>
      <Button onPress={() => setOpen('edit')}>{t('users.edit')}</Button>
      {user.id !== me.user.id && (
        <Button look={active ? 'danger' : 'secondary'} onPress={() => setOpen('account')}>
          {t(active ? 'users.close' : 'users.reopen')}
        </Button>
      )}
      {user.id !== me.user.id && (
        <Button look="danger" onPress={() => setOpen('erase')}>
          {t('users.erase')}
        </Button>
      )}
    </>
  );
  const actions = (
    <>
      {change}
      {may('systems:write') && !erased && (
        <Button onPress={() => setOpen('handOver')}>{t('handOver.personAction')}</Button>
      )}
      {may('audit:read') && (
        <LinkButton to="/audit" search={{ recordId: user.id }}>
          {t('audit.history')}
        </LinkButton>
      )}
    </>
  );
  const users = (
    <Link to="/users" className="text-link">
      {t('users.title')}
    </Link>
  );
  return (
    <div className="max-w-3xl">
      <PageHeader title={user.displayName} crumbs={[users]} actions={actions}>
        <div className="mt-3">
          <Facts
            facts={[
              [
                t('users.account'),
                <Tag look={active ? 'met' : 'late'}>
                  {t(erased ? 'users.erased' : active ? 'users.open' : 'users.closed')}
                </Tag>,
              ],
              [t('userFields.email'), <span className="break-all">{user.email}</span>],
              [t('users.signIn'), t(user.canSignIn && active ? 'users.may' : 'users.mayNot')],
              [t('userFields.locale'), t(`locale.${user.locale}`)],
              [t('account.timeZone'), user.timeZone],
            ]}
          />
        </div>
      </PageHeader>
      {!erased && <PersonRoles user={user} etag={etag} />}
      <PersonSystems userId={user.id} />
      {may('users:write') && active && user.id !== me.user.id && <PersonSignIn user={user} />}
      {may('users:write') && !erased && <PersonTokens userId={user.id} />}
      {open === 'edit' && <EditPersonDialog user={user} etag={etag} onClose={close} />}
      {open === 'erase' && <EraseDialog user={user} onClose={close} />}
      {open === 'handOver' && <PersonHandOverDialog user={user} onClose={close} />}
      {open === 'account' && <AccountDialog user={user} etag={etag} onClose={close} />}
    </div>
  );
}
