import type { SystemRow } from '../system-row';

/** Who owns and who deputises; what is absent stays. */
export type Places = Partial<Pick<SystemRow, 'ownerId' | 'deputyId'>>;

/** The places after a hand-over. A deputy who becomes the owner leaves the other place free: one person is not both. */
export function placesAfter({ ownerId, deputyId }: Required<Places>, change: Places): Required<Places> {
  const after = { ownerId: change.ownerId ?? ownerId, deputyId: change.deputyId ?? deputyId };
  return after.ownerId === after.deputyId ? { ...after, deputyId: null } : after;
}
