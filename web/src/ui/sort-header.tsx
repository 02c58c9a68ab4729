import { Link } from '@tanstack/react-router';
import { Icon } from './icon';

/** A column's title that sorts the list by it; the order is in the address. */
export function SortHeader({ sort, by, title }: { sort: string; by: string; title: string }) {
  return (
    <Link
      to="."
      search={(old) => ({ ...old, sort: by, cursor: undefined })}
      className="inline-flex min-h-8 items-center gap-1 underline decoration-dotted underline-offset-4"
    >
      {title}
      {sort === by && <Icon name="down" className="size-4" />}
    </Link>
  );
}
