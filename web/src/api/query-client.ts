import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isProblem } from './problem';

/**
 * `onSignedOut` is called when the service no longer knows the session, `onEnrolment` when it asks the person for a second factor
 * before anything else.
 */
export function createQueryClient(onSignedOut: () => void, onEnrolment: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isProblem(error, 401) && error.code !== 'INVALID_CREDENTIALS') onSignedOut();
    if (isProblem(error, 403) && error.code === 'ENROLMENT_NEEDED') onEnrolment();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal stays a refusal; only an unreachable or failing service is asked again.
        retry: (failures, error) => failures < 2 && isProblem(error) && (error.status === 0 || error.status >= 500),
        refetchOnWindowFocus: true,
      },
    },
  });
}
