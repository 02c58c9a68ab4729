import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon';

interface PageHeaderProps {
  title: string;
  /** What the title is about, in front of it: the breadcrumb links. */
  crumbs?: ReactNode[];
  actions?: ReactNode;
  children?: ReactNode;
}

/** Names the page in the window's title and as its only `h1`. */
export function PageHeader({ title, crumbs = [], actions, children }: PageHeaderProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('shell.pageTitle', { title });
  }, [title, t]);
  return (
    <header className="mb-6">
      {crumbs.length > 0 && (
        <nav aria-label={t('shell.breadcrumbs')} className="no-print mb-2 text-[0.875rem]">
          <ol className="flex flex-wrap items-center gap-1">
            {crumbs.map((crumb, index) => (
              <li key={index} className="inline-flex min-h-6 items-center gap-1">
                {crumb}
                <Icon name="right" className="size-4 text-soft" />
              </li>
            ))}
            <li aria-current="page" className="text-soft">
              {title}
            </li>
          </ol>
        </nav>
      )}
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1>{title}</h1>
          {children}
        </div>
        {actions && <div className="no-print flex flex-wrap gap-2">{actions}</div>}
      </div>
    </header>
  );
}

interface SectionProps {
  title: string;
  /** Where links lead to it. */
  id?: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A headed part of a page. */
export function Section({ title, aside, children, id }: SectionProps) {
  return (
    <section id={id} className="mb-10">
      <div className="mb-2 flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Name and value pairs of one thing. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className="grid grid-cols-1 gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="mb-2 min-w-0 sm:mb-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
