import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Factors } from '../../api/types';

/** The second factors of the person who is signed in. */
export const factorsQuery = queryOptions({
  queryKey: ['account', 'factors'],
  queryFn: ({ signal }) => api.get<Factors>('/me/factors', {}, signal),
});

/** Whether there is anything but recovery codes, which stand in for a factor and are none. */
export const hasFactor = ({ totp, passkeys }: Factors): boolean => totp !== null || passkeys.length > 0;
