import { EvidenceFacts } from './evidence';

/** The record performed last, whatever the order of the list; of two at the same instant the one recorded later (ids grow with time). */
export function newest(evidence: readonly EvidenceFacts[]): EvidenceFacts | null {
  return evidence.reduce<EvidenceFacts | null>((best, record) => {
    if (!best || record.performedAt > best.performedAt) return record;
    return record.performedAt.getTime() === best.performedAt.getTime() && record.id > best.id ? record : best;
  }, null);
}
