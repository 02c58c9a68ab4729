/** What is checked of a pack, in this order. */
export const CHECKS = ['ARCHIVE', 'MANIFEST', 'FILES', 'EVIDENCE', 'AUDIT', 'REFERENCES'] as const;
export type Check = (typeof CHECKS)[number];

/** What can be wrong with a pack; each has its sentence, `packFault.<name>`. */
export const FAULTS = [
  ...([
    'CUT_OFF',
    'NAME_REFUSED',
    'NAMED_TWICE',
    'ENCRYPTED',
    'OVERLAPPING',
    'INFLATES',
    'FILE_UNKNOWN',
    'FILE_MISSING',
  ] as const),
  ...(['MANIFEST_UNREADABLE', 'OTHER_FORMAT', 'OTHER_DIGEST'] as const),
  ...(['DAMAGED', 'OTHER_BYTES', 'OTHER_ROWS', 'ALTERED', 'LINE_UNREADABLE'] as const),
  ...(['SEAL_BROKEN', 'OTHER_THAN_RECORDED'] as const),
  ...(['EVENT_ALTERED', 'EVENT_MOVED', 'CHAIN_BROKEN', 'BEYOND_END'] as const),
  ...(['POLICY_MISSING', 'EVIDENCE_MISSING', 'SYSTEM_MISSING'] as const),
] as const;
export type Fault = (typeof FAULTS)[number];

export interface Finding {
  fault: Fault;
  /** Null for the pack as a whole. */
  file: string | null;
  /** The first is 1; null for the file as a whole. */
  line: number | null;
  params: Readonly<Record<string, string | number>>;
}

/** So many faults of lines, and of whole files, are shown of each check; of the others there is the count. */
const SHOWN = 5;

interface Found {
  files: Finding[];
  lines: Finding[];
  count: number;
}

/** What was found so far, check by check. */
export class Findings {
  private readonly of = new Map<Check, Found>();

  add(
    check: Check,
    fault: Fault,
    file: string | null = null,
    line: number | null = null,
    params: Finding['params'] = {},
  ): void {
    const found = this.of.get(check) ?? { files: [], lines: [], count: 0 };
    const kept = line === null ? found.files : found.lines;
    if (kept.length < SHOWN) kept.push({ fault, file, line, params });
    found.count += 1;
    this.of.set(check, found);
  }

  /** Those of whole files first. */
  first(check: Check): readonly Finding[] {
    const { files = [], lines = [] } = this.of.get(check) ?? {};
    return [...files, ...lines];
  }

  count(check: Check): number {
    return this.of.get(check)?.count ?? 0;
  }

  get none(): boolean {
    return this.of.size === 0;
  }
}
