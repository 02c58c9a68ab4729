import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../api/problem';
import { Loaded } from '../../ui/feedback';
import { PageHeader } from '../../ui/page';
import { NotFoundPage } from './problem-pages';

interface LoadedPageProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  children: (data: T) => ReactNode;
}

/** As `Loaded`, for a page whose heading comes with the data: a refusal gets a heading of its own. */
export function LoadedPage<T>({ query, children }: LoadedPageProps<T>) {
  const { t } = useTranslation();
  if (query.data === undefined && isProblem(query.error, 404)) return <NotFoundPage />;
  return (
    <>
      {query.data === undefined && query.error ? <PageHeader title={t('problem.title')} /> : null}
      <Loaded query={query}>{children}</Loaded>
    </>
  );
}
