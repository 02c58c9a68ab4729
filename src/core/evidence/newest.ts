import { EvidenceFacts } from './evidence';

/** Newest first; of two at the same instant the failure counts. */
export function newest(evidence: readonly EvidenceFacts[]): EvidenceFacts | null {
  return evidence.reduce<EvidenceFacts | null>((best, record) => {
    if (!best || record.performedAt > best.performedAt) return record;
    return record.performedAt.getTime() === best.performedAt.getTime() && record.outcome === 'FAILED' ? record : best;
  }, null);
}
