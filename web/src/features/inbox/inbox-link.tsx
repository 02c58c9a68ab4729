import { useEffect } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buttonClass } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { unreadQuery } from './inbox-queries';

/** The way to the inbox, with how much in it has not been read; a change of it is spoken. */
export function InboxLink() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const path = useLocation({ select: (location) => location.pathname });
  const { data } = useQuery(unreadQuery);
  useEffect(() => void client.prefetchQuery(unreadQuery), [client, path]);
  const count = data?.unread ?? 0;
  const words = count === 0 ? t('inbox.none') : t('inbox.unread', { count });
  return (
    <>
      <Link to="/inbox" className={`${buttonClass('secondary')} min-w-11 max-sm:px-2`}>
        <Icon name="mail" />
        <span className="sr-only">{t('inbox.openWith', { unread: words })}</span>
        {count > 0 && <span aria-hidden="true">{count > 99 ? '99+' : count}</span>}
      </Link>
      <span className="sr-only" aria-live="polite">
        {data && words}
      </span>
    </>
  );
}
