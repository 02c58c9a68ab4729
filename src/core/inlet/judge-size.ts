/** A run whose size is known: newest first in a list of them. */
export interface SizedRun {
  /** Only sizes of one basis are compared: tool, field, full or incremental. */
  sizeBasis: string;
  sizeBytes: number;
  /** Whether it was itself out of the ordinary: such a run is no measure for the next. */
  anomalous: boolean;
}

export interface SizeAnomaly {
  code: 'SIZE_SHRUNK' | 'SIZE_GREW' | 'SIZE_ZERO';
  /** The median of those that it was compared with. */
  usualBytes: number;
}

/** Fewer of a kind are no measure. */
const LEAST = 7;
const WINDOW = 14;
const LIMIT = 3.5;
/** Scales the median deviation to a standard one. */
const TO_SIGMA = 1.4826;
const LEAST_SIGMA = 0.05;

/**
 * Whether a run is far from the recent median of its like, in either direction (docs/backup-tools.md): robust z on the logarithm over the last
 * fourteen, 3.5 at least, and seven or more to compare with. Null when it is ordinary or there is nothing to compare with.
 */
export function judgeSize(
  run: Pick<SizedRun, 'sizeBasis' | 'sizeBytes'>,
  before: readonly SizedRun[],
): SizeAnomaly | null {
  const like = before.filter(({ sizeBasis, anomalous }) => sizeBasis === run.sizeBasis && !anomalous).slice(0, WINDOW);
  const sizes = like.map(({ sizeBytes }) => sizeBytes).filter((size) => size > 0);
  const logs = sizes.map(Math.log);
  const middle = median(logs);
  const anomaly = (code: SizeAnomaly['code']): SizeAnomaly => ({ code, usualBytes: Math.round(Math.exp(middle)) });
  if (run.sizeBytes === 0) return sizes.length > 0 ? anomaly('SIZE_ZERO') : null;
  if (sizes.length < LEAST) return null;
  const sigma = Math.max(TO_SIGMA * median(logs.map((each) => Math.abs(each - middle))), LEAST_SIGMA);
  const distance = (Math.log(run.sizeBytes) - middle) / sigma;
  if (Math.abs(distance) <= LIMIT) return null;
  return anomaly(distance < 0 ? 'SIZE_SHRUNK' : 'SIZE_GREW');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}
