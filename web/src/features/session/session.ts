import { queryOptions, useSuspenseQuery, type QueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { api } from '../../api/client';
import { isProblem } from '../../api/problem';
import type { Locale, Me, Permission, SignInHints, SignInState, SignOut } from '../../api/types';
import { speak } from '../../i18n';

/** Who is signed in, or `null`. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      const me = await api.get<Me>('/me', {}, signal);
      if (me.user.locale !== i18next.language) await speak(me.user.locale);
      return me;
    } catch (error) {
      if (isProblem(error, 401)) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

export const hintsQuery = queryOptions({
  queryKey: ['sign-in-hints'],
  queryFn: ({ signal }) => api.get<SignInHints>('/auth/hints', {}, signal),
  staleTime: Infinity,
});

/** How far the sign-in of this browser has come. */
export const signInStateQuery = queryOptions({
  queryKey: ['sign-in-state'],
  queryFn: ({ signal }) => api.get<SignInState>('/auth/sign-in', {}, signal),
  staleTime: 0,
});

export const NOT_BEGUN: SignInState = { state: 'NONE', factors: [] };

/** Takes note of how far the sign-in has come by one of its steps. At its end the pages begin empty, for who is there now. */
export async function arrive(client: QueryClient, reached: SignInState): Promise<SignInState> {
  if (reached.state === 'SIGNED_IN' || reached.state === 'ENROLMENT_NEEDED') {
    const me = await api.get<Me>('/me');
    forgetAnswers(client);
    await speak(me.user.locale);
    client.setQueryData(sessionQuery.queryKey, me);
  }
  client.setQueryData(signInStateQuery.queryKey, reached);
  return reached;
}

/** Ends the session here, and at the office's provider when it began there: then this page is left for the provider's. */
export async function signOut(): Promise<'left' | 'stayed'> {
  try {
    const { redirectUrl } = await api.post<SignOut>('/auth/oidc/logout');
    if (redirectUrl) window.location.assign(redirectUrl);
    return redirectUrl ? 'left' : 'stayed';
  } catch (error) {
    if (isProblem(error, 401)) return 'stayed'; // it had ended already
    throw error;
  }
}

/** Drops everything that was shown to the person; called when no page of theirs is drawn any more. */
export function forgetSession(client: QueryClient): void {
  forgetAnswers(client);
  client.setQueryData(sessionQuery.queryKey, null);
}

/** The sign-in page is drawn by then, so what it asks stays. */
function forgetAnswers(client: QueryClient): void {
  const asked = [signInStateQuery.queryKey[0], hintsQuery.queryKey[0]];
  client.removeQueries({ predicate: ({ queryKey }) => !asked.includes(String(queryKey[0])) });
  client.getMutationCache().clear();
}

export type Preferences = Partial<Pick<Me['user'], 'locale' | 'timeZone' | 'calendar'>>;

/** Changes preferences of the signed-in person; what is absent stays. */
export async function changePreferences(client: QueryClient, preferences: Preferences): Promise<void> {
  const { etag } = await api.getTagged<Me>('/me');
  const me = await api.patch<Me>('/me', preferences, etag);
  await speak(me.user.locale);
  client.setQueryData(sessionQuery.queryKey, me);
  await client.invalidateQueries();
}

/** Switches the language of the pages and, when somebody is signed in, of the account; all texts are asked again. */
export async function changeLocale(client: QueryClient, locale: Locale): Promise<void> {
  if (client.getQueryData(sessionQuery.queryKey)) return changePreferences(client, { locale });
  await speak(locale);
  await client.invalidateQueries();
}

/** The signed-in person; only below the shell route, which waits for it. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error('Nobody is signed in.');
  return data;
}

export function usePermission(): (permission: Permission) => boolean {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
}
