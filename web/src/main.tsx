import { StrictMode } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client';
import { forgetSession } from './features/session/session';
import { SpokenLanguage } from './features/shell/spoken-language';
import { startI18n } from './i18n';
import { reloadAfterUpdate } from './reload-after-update';
import { createAppRouter } from './router';
import './styles/app.css';

const queryClient = createQueryClient(
  () => void askToSignIn(),
  () => void askToEnrol(),
);
const router = createAppRouter(queryClient);

/** The session is gone: the sign-in page comes first, and only then is what was known forgotten. */
async function askToSignIn(): Promise<void> {
  const { href, pathname } = router.state.location;
  if (pathname === '/sign-in') return;
  await router.navigate({ to: '/sign-in', search: { return: href }, ignoreBlocker: true });
  forgetSession(queryClient);
}

/** A second factor has become necessary, perhaps while the person was at work. */
async function askToEnrol(): Promise<void> {
  const { href, pathname } = router.state.location;
  if (pathname === '/enrolment') return;
  await router.navigate({ to: '/enrolment', search: { return: href }, ignoreBlocker: true });
}

reloadAfterUpdate();
await startI18n();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <SpokenLanguage>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </SpokenLanguage>
    </StrictMode>,
  );
}
