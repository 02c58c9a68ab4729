import { useQuery } from '@tanstack/react-query';
import type { Permission } from '../../api/types';
import { systemQuery } from './system-queries';

/** What the signed-in person may do with one system and its records; nothing until that is known. */
export function useAllowed(systemId: string): (permission: Permission) => boolean {
  const allowed = useQuery(systemQuery(systemId)).data?.value.allowed ?? [];
  return (permission) => allowed.includes(permission);
}
