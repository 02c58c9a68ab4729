import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Header } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { buttonClass } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { forgetSession, signOut, useMe } from '../session/session';
import { THEMES, useTheme, type Theme } from './theme';

const ITEM =
  'flex min-h-11 cursor-pointer items-center gap-2 rounded-6 px-3 outline-none data-[focused]:bg-tint data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2 data-[focus-visible]:outline-ink';

/** Theme, one's own account, and the way out. */
export function UserMenu() {
  const { t } = useTranslation();
  const { user, roles } = useMe();
  const [theme, setTheme] = useTheme();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    if ((await signOut()) === 'left') return;
    await navigate({ to: '/sign-in', search: {} });
    forgetSession(client);
  };
  return (
    <MenuTrigger>
      <AriaButton className={buttonClass('secondary')} aria-label={t('shell.userMenu', { name: user.displayName })}>
        <Icon name="person" />
        <span className="hidden max-w-40 truncate sm:inline">{user.displayName}</span>
      </AriaButton>
      <Popover className="w-72 max-w-[95vw] rounded-12 border border-line bg-raised p-2 text-ink shadow-2">
        <div className="px-3 py-2">
          <p className="font-700">{user.displayName}</p>
          <p className="text-[0.875rem] text-soft">{user.email}</p>
          <ul className="mt-1 text-[0.875rem] text-soft">
            {roles.map((held) => (
              <li key={`${held.role}:${held.organisationId}`}>
                {t(`domain:role.${held.role}`)}
                {held.organisationName && t('text.aside', { text: held.organisationName })}
              </li>
            ))}
          </ul>
        </div>
        <Menu aria-label={t('shell.userMenu', { name: user.displayName })} className="outline-none">
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={(keys) => keys !== 'all' && setTheme([...keys][0] as Theme)}
            className="border-y border-line py-1"
          >
            <Header className="px-3 py-1 text-[0.875rem] text-soft">{t('theme.label')}</Header>
            {THEMES.map((each) => (
              <MenuItem key={each} id={each} className={ITEM}>
                {({ isSelected }) => (
                  <>
                    <Icon name="check" className={`size-5 ${isSelected ? '' : 'invisible'}`} />
                    {t(`theme.${each}`)}
                  </>
                )}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuItem id="account" className={`${ITEM} mt-1`} onAction={() => void navigate({ to: '/account' })}>
            <Icon name="person" />
            {t('account.title')}
          </MenuItem>
          <MenuItem id="leave" className={ITEM} onAction={() => void leave()}>
            <Icon name="exit" />
            {t('shell.signOut')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
