/** How the status of a policy looks. */
export const STATUS_LOOK = { DRAFT: 'soon', PUBLISHED: 'met', SUPERSEDED: 'none' } as const;
