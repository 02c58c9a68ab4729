import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Page, User } from '../../api/types';
import { ComboField } from '../../ui/form/combo-field';
import type { FieldProps } from '../../ui/form/field';

const MOST = 200;

export const peopleQuery = queryOptions({
  queryKey: ['users', 'all'],
  queryFn: async ({ signal }) => {
    const items: User[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<User> = await api.get('/users', { limit: MOST, cursor }, signal);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  },
  staleTime: 5 * 60_000,
});

/** Chooses a person by name or address. */
export function PersonField(props: FieldProps<string> & { placeholder?: string; quiet?: boolean }) {
  const items = useQuery(peopleQuery).data?.map((person) => ({
    id: person.id,
    label: person.displayName,
    hint: person.email,
  }));
  return <ComboField {...props} items={items} />;
}
