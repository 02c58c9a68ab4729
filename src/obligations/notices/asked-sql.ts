/** Who is reminded first of an obligation about a joined `system s` and `improvement_item i`, as an array that may hold nulls: whose item it is, else owner and deputy. */
export const ASKED_PEOPLE =
  'CASE WHEN i.owner_id IS NULL THEN ARRAY[s.owner_id, s.deputy_id] ELSE ARRAY[i.owner_id] END';
