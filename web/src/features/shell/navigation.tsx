import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '../../ui/icon';
import type { Permission } from '../../api/types';
import { usePermission } from '../session/session';

interface Entry {
  to:
    | '/'
    | '/me'
    | '/inbox'
    | '/calendar'
    | '/obligations'
    | '/systems'
    | '/backups'
    | '/backup-profiles'
    | '/drills'
    | '/waivers'
    | '/improvements'
    | '/advice'
    | '/reports'
    | '/imports'
    | '/reminders'
    | '/outbox'
    | '/channels'
    | '/policies'
    | '/organisations'
    | '/users'
    | '/audit'
    | '/security';
  word:
    | 'readiness'
    | 'mine'
    | 'inbox'
    | 'calendar'
    | 'obligations'
    | 'systems'
    | 'backups'
    | 'backupProfiles'
    | 'drills'
    | 'waivers'
    | 'improvements'
    | 'advice'
    | 'reports'
    | 'imports'
    | 'reminders'
    | 'outbox'
    | 'channels'
    | 'policies'
    | 'organisations'
    | 'users'
    | 'audit'
    | 'security';
  icon: IconName;
  needs?: Permission;
}

const ENTRIES: Entry[] = [
  { to: '/', word: 'readiness', icon: 'gauge', needs: 'readiness:read' },
  { to: '/me', word: 'mine', icon: 'clock' },
  { to: '/inbox', word: 'inbox', icon: 'mail' },
  { to: '/calendar', word: 'calendar', icon: 'calendar' },
  { to: '/obligations', word: 'obligations', icon: 'list' },
  { to: '/systems', word: 'systems', icon: 'server' },
  { to: '/backups', word: 'backups', icon: 'copy' },
  { to: '/backup-profiles', word: 'backupProfiles', icon: 'stack', needs: 'backup-profiles:read' },
  { to: '/drills', word: 'drills', icon: 'check' },
  { to: '/waivers', word: 'waivers', icon: 'info' },
  { to: '/improvements', word: 'improvements', icon: 'alert' },
  { to: '/advice', word: 'advice', icon: 'mail', needs: 'advice:read' },
  { to: '/reports', word: 'reports', icon: 'printer', needs: 'reports:read' },
  { to: '/imports', word: 'imports', icon: 'upload', needs: 'systems:import' },
  { to: '/policies', word: 'policies', icon: 'rules', needs: 'policies:read' },
  { to: '/organisations', word: 'organisations', icon: 'tree', needs: 'organisations:read' },
  { to: '/users', word: 'users', icon: 'people', needs: 'users:read' },
  { to: '/reminders', word: 'reminders', icon: 'clock', needs: 'reminders:read' },
  { to: '/outbox', word: 'outbox', icon: 'mail', needs: 'outbox:read' },
  { to: '/channels', word: 'channels', icon: 'upload', needs: 'channels:write' },
  { to: '/audit', word: 'audit', icon: 'shield', needs: 'audit:read' },
  { to: '/security', word: 'security', icon: 'key', needs: 'security:read' },
];

/** The pages the person may open; `onFollow` closes the mobile menu. */
export function Navigation({ onFollow }: { onFollow?: () => void }) {
  const { t } = useTranslation();
  const may = usePermission();
  return (
    <nav aria-label={t('shell.navigation')}>
      <ul className="grid gap-1">
        {ENTRIES.filter(({ needs }) => !needs || may(needs)).map(({ to, word, icon }) => (
          <li key={to}>
            <Link
              to={to}
              onClick={onFollow}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              className="flex min-h-11 items-center gap-2.5 rounded-8 px-3 text-[0.9375rem] hover:bg-tint"
              activeProps={{ className: 'bg-tint font-700 text-primary' }}
            >
              <Icon name={icon} />
              {t(`nav.${word}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
