import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate } from '@tanstack/react-router';
import { LoadedPage } from '../shell/loaded-page';
import { restoreTestQuery } from '../evidence/record/record-queries';

const route = getRouteApi('/shell/restore-tests/$testId');

/** Where the link of its evidence leads: to the page of that. */
export function RestoreTestPage() {
  const { testId } = route.useParams();
  const test = useQuery(restoreTestQuery(testId));
  return (
    <LoadedPage query={test}>
      {({ evidenceId }) => <Navigate to="/evidence/$evidenceId" params={{ evidenceId }} replace />}
    </LoadedPage>
  );
}
