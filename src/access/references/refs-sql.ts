/** SQL of a `PersonRef` out of a joined `app_user`; null where the join found nobody. */
export const personJson = (alias: string): string =>
  `CASE WHEN ${alias}.id IS NOT NULL THEN
    json_build_object('id', ${alias}.id, 'displayName', ${alias}.display_name, 'email', ${alias}.email) END`;

/** SQL of an `OrganisationRef` out of a joined `organisation`. */
export const organisationJson = (alias: string): string =>
  `json_build_object('id', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name, 'nameEn', ${alias}.name_en)`;
