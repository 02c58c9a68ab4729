import type { EditedSystem } from '../writing/system-edits';
import type { SystemRow } from '../system-row';

/** Who owns and who deputises; what is absent stays. */
export type Places = Partial<Pick<SystemRow, 'ownerId' | 'deputyId'>>;

/** The places after a hand-over. A deputy who becomes the owner leaves the other place free: one person is not both. */
export function placesAfter({ ownerId, deputyId }: Required<Places>, change: Places): Required<Places> {
  const after = { ownerId: change.ownerId ?? ownerId, deputyId: change.deputyId ?? deputyId };
  return after.ownerId === after.deputyId ? { ...after, deputyId: null } : after;
}

/** Who takes a place in which systems, and who gives them away, each with their systems; and what goes from whom to whom. */
export interface HandOver {
  received: ReadonlyMap<string, SystemRow[]>;
  given: ReadonlyMap<string, SystemRow[]>;
  /** `toId` is null where nobody takes the place. */
  moves: { fromId: string; toId: string | null; systemIds: string[] }[];
}

/** What edits of places come to. Who only changes from one place of a system to the other gives nothing away. */
export function handOverOf(edits: readonly EditedSystem[]): HandOver {
  const received = new Map<string, SystemRow[]>();
  const given = new Map<string, SystemRow[]>();
  const moves = new Map<string, HandOver['moves'][number]>();
  for (const { before, after } of edits)
    for (const place of ['ownerId', 'deputyId'] as const) {
      const [fromId, toId] = [before[place], after[place]];
      if (fromId === toId) continue;
      if (toId !== null) add(received, toId, after);
      if (fromId === null || fromId === after.ownerId || fromId === after.deputyId) continue;
      add(given, fromId, after);
      const key = `${fromId} ${toId}`;
      const move = moves.get(key) ?? { fromId, toId, systemIds: [] };
      move.systemIds.push(after.id);
      moves.set(key, move);
    }
  return { received, given, moves: [...moves.values()] };
}

function add(systems: Map<string, SystemRow[]>, userId: string, row: SystemRow): void {
  const those = systems.get(userId) ?? [];
  if (!those.includes(row)) systems.set(userId, [...those, row]);
}
