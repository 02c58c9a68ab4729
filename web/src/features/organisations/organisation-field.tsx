import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Organisation, Page } from '../../api/types';
import { useFormat } from '../../ui/format/format';
import { ComboField } from '../../ui/form/combo-field';
import type { FieldProps } from '../../ui/form/field';

const MOST = 200;

/** The organisations in the order of the tree. */
export const organisationsQuery = queryOptions({
  queryKey: ['organisations'],
  queryFn: async ({ signal }) => {
    const items: Organisation[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<Organisation> = await api.get('/organisations', { limit: MOST, cursor }, signal);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return items;
  },
  staleTime: 5 * 60_000,
});

/** Chooses an organisation by its name or code; `only` leaves out those that cannot be chosen, `inside` those that do not share their details. */
export function OrganisationField({
  only = () => true,
  inside = false,
  ...props
}: FieldProps<string> & {
  placeholder?: string;
  quiet?: boolean;
  only?: (organisationId: string) => boolean;
  inside?: boolean;
}) {
  const format = useFormat();
  const offered = useQuery(organisationsQuery).data?.filter(
    ({ id, detailsOpen }) => only(id) && (detailsOpen || !inside),
  );
  const items = offered?.map((organisation) => ({
    id: organisation.id,
    label: format.name(organisation),
    hint: organisation.path.slice(0, -1).join(' / '),
  }));
  return <ComboField {...props} items={items} />;
}
