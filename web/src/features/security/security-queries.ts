import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { SecuritySettings } from '../../api/types';

/** With the tag that the next change must present. */
export const securityQuery = queryOptions({
  queryKey: ['security-settings'],
  queryFn: ({ signal }) => api.getTagged<SecuritySettings>('/security-settings', signal),
});
