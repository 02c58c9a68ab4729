import { parseMinutes } from '../../core/time/duration';
import type { PatchSystemRequest } from './dto/system.request';

type Durations = Pick<PatchSystemRequest, 'rto' | 'rpo' | 'mtd'>;
type Minutes = Record<'rtoMinutes' | 'rpoMinutes' | 'mtdMinutes', number | null | undefined>;

/** A request with its targets as the register keeps them: whole minutes in place of durations. */
export function inMinutes<T extends Durations>({ rto, rpo, mtd, ...fields }: T): Omit<T, keyof Durations> & Minutes {
  return { ...fields, rtoMinutes: minutes(rto), rpoMinutes: minutes(rpo), mtdMinutes: minutes(mtd) };
}

const minutes = (text: string | null | undefined): number | null | undefined =>
  text === null || text === undefined ? text : parseMinutes(text);
