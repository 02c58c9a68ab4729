import { useEffect, useRef, useState } from 'react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useLocation, useMatches } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from '../../ui/button';
import { CalendarContext } from '../../ui/format/format';
import { ToastRegion } from '../../ui/toast';
import type { Permission } from '../../api/types';
import { InboxLink } from '../inbox/inbox-link';
import { sessionQuery, usePermission } from '../session/session';
import { DemoBanner } from './demo-banner';
import { useKeptFocus } from './kept-focus';
import { LanguageSwitch } from './language-switch';
import { Navigation } from './navigation';
import { NotPermittedPage } from './problem-pages';
import { UserMenu } from './user-menu';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The permission without which the page is not shown. */
    needs?: Permission;
  }
}

/** After a change of page the focus starts at the new page, as it would with a whole new document. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const path = useLocation({ select: (location) => location.pathname });
  const seen = useRef(path);
  useEffect(() => {
    if (seen.current === path) return;
    seen.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

function MobileMenu() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="lg:hidden">
      <IconButton icon="menu" label={t('shell.openMenu')} aria-expanded={open} onPress={() => setOpen(true)} />
      <ModalOverlay isOpen={open} onOpenChange={setOpen} isDismissable className="fixed inset-0 z-50 bg-scrim">
        <Modal className="h-full w-72 max-w-[85vw] overflow-y-auto bg-page p-3 text-ink shadow-2">
          <Dialog aria-label={t('shell.menu')} className="outline-none">
            <div className="mb-2 flex justify-end">
              <IconButton icon="close" label={t('action.close')} onPress={() => setOpen(false)} />
            </div>
            <Navigation onFollow={() => setOpen(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </div>
  );
}

/** The page asked for, when the person may open it. */
function PermittedPage() {
  const may = usePermission();
  const needs = useMatches({ select: (matches) => matches.at(-1)?.staticData.needs });
  return needs && !may(needs) ? <NotPermittedPage /> : <Outlet />;
}

/** The frame of every page behind the sign-in; a session that ends meanwhile leads back to the sign-in. */
export function Shell() {
  const { data: me } = useSuspenseQuery(sessionQuery);
  if (!me) return <Navigate to="/sign-in" />;
  return (
    <CalendarContext value={me.user.calendar}>
      <Frame />
    </CalendarContext>
  );
}

function Frame() {
  const { t } = useTranslation();
  const main = useFocusOnNewPage();
  useKeptFocus(main);
  return (
    <>
      <a
        href="#main"
        className="no-print fixed start-2 top-2 z-60 -translate-y-24 rounded-8 bg-primary px-4 py-3 font-700 text-on-primary focus:translate-y-0"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('shell.skip')}
      </a>
      <DemoBanner />
      <header className="no-print sticky top-0 z-40 flex min-h-16 items-center justify-between gap-1 border-b border-line bg-page px-1 py-2 sm:gap-2 sm:px-6">
        <div className="flex min-w-0 items-center sm:gap-2">
          <MobileMenu />
          <Link to="/" className="inline-flex min-h-11 min-w-0 items-center gap-3 font-700">
            <span className="truncate text-[1rem] sm:text-[1.125rem]">{t('shell.product')}</span>
            <span className="hidden text-[0.875rem] font-400 text-soft md:inline">{t('shell.tagline')}</span>
          </Link>
        </div>
        <div className="flex shrink-0 items-center gap-1 sm:gap-2">
          <InboxLink />
          <LanguageSwitch />
          <UserMenu />
        </div>
      </header>
      <div className="flex">
        <div className="no-print sticky top-16 hidden h-[calc(100vh-4rem)] w-52 shrink-0 overflow-y-auto border-e border-line p-2.5 lg:block">
          <Navigation />
        </div>
        <main id="main" ref={main} tabIndex={-1} className="min-w-0 flex-1 p-4 sm:p-6">
          <PermittedPage />
        </main>
      </div>
      <ToastRegion />
    </>
  );
}
