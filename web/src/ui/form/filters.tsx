import type { ReactNode } from 'react';

/** The fields by which a list is narrowed, each of which takes effect at once. @param className their columns. */
export function Filters({
  className = 'sm:grid-cols-2 lg:grid-cols-4',
  children,
}: {
  className?: string;
  children: ReactNode;
}) {
  return (
    <form
      role="search"
      className={`no-print mb-6 grid gap-3 ${className}`}
      onSubmit={(event) => event.preventDefault()}
    >
      {children}
    </form>
  );
}
