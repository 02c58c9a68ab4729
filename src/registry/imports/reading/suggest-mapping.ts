import type { ImportMapping } from '../dto/import-mapping.request';

/** Header names, Japanese and English, by which a column is recognised; the first that fits wins. Compared by `headerKey`. */
const NAMES = {
  code: [
    '予算事業id',
    'システムid',
    '情報システムid',
    'システムコード',
    'システム番号',
    '管理番号',
    '整理番号',
    'コード',
    'id',
    'code',
    'systemcode',
    'systemid',
    'usecaseid',
    'namespace',
  ],
  name: [
    '情報システム名',
    '情報システム名称',
    'システム名',
    'システム名称',
    '事業名',
    '名称',
    '名前',
    'systemname',
    'system',
    'name',
    'title',
    'application',
    'service',
  ],
  nameEn: ['英語名', '英語名称', '英名', 'nameen', 'englishname'],
  supplier: ['委託先', '事業者', 'ベンダー', '運用事業者', 'supplier', 'vendor', 'contractor'],
  note: ['備考', '概要', '事業の概要', 'note', 'notes', 'remarks', 'description', 'summary'],
  sites: ['拠点', '設置場所', '所在地', 'sites', 'site', 'location', 'locations'],
  rto: ['rto', '目標復旧時間', '目標復旧時間rto', 'recoverytimeobjective'],
  rpo: ['rpo', '目標復旧時点', '目標復旧時点rpo', 'recoverypointobjective'],
  mtd: ['mtd', '最大許容停止時間', '最大許容停止時間mtd', 'mtpd', 'maximumtolerabledowntime'],
} as const satisfies Record<keyof ImportMapping['columns'], readonly string[]>;

/** Fields whose values have to be mapped by a person: only the column is suggested, never what its values mean. */
const CODED = {
  tier: ['重要度', '格付重要度', 'tier', 'importance', 'criticality'],
  lifecycle: ['状態', 'ライフサイクル', 'lifecycle', 'status', 'developmentstage'],
  hosting: ['設置形態', '稼働環境', 'hosting', 'platform'],
  confidentiality: ['機密性', 'confidentiality'],
  integrity: ['完全性', 'integrity'],
  availability: ['可用性', 'availability'],
  publicFacing: ['公開', 'インターネット公開', 'publicfacing'],
  outsourced: ['外部委託', '委託', 'outsourced'],
} as const;

/** Levels of an organisation from the top down; of one level the first that fits. */
const LEVELS = [
  ['府省庁', '府省', '省庁', 'ministry', 'department'],
  ['局・庁', '局', '庁', 'agency', 'businessunit', 'organisation', 'organization', '組織'],
  ['部', 'bureau', 'office'],
  ['課', 'division'],
  ['室', 'section'],
] as const;

const OWNERS = [
  '担当',
  '担当者',
  '担当者名',
  '管理責任者',
  '責任者',
  '情報システムセキュリティ責任者',
  'owner',
  'systemowner',
  'contact',
];
const SAMPLES = 50;

/** What a person may take over or change; `organisationId` is theirs to say. */
export type SuggestedMapping = Partial<Omit<ImportMapping, 'organisationId' | 'columns'>> & {
  columns: Partial<ImportMapping['columns']>;
};

const headerKey = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.()（）[\]-]/g, '');

/**
 * Guesses by the header which column is what. Coded fields come with an empty `values`: what a raw value means is for a person to say.
 * @param sample cells of the first rows, to see whether owners come with an address.
 */
export function suggestMapping(
  columns: readonly string[],
  sample: readonly Readonly<Record<string, string>>[],
): SuggestedMapping {
  const byKey = new Map([...columns].reverse().map((column) => [headerKey(column), column]));
  const find = (names: readonly string[]): string | undefined =>
    names.map((name) => byKey.get(headerKey(name))).find((column) => column !== undefined);
  const found = <T>(names: Record<string, readonly string[]>, made: (column: string) => T): Record<string, T> =>
    Object.fromEntries(
      Object.entries(names).flatMap(([field, list]) => {
        const column = find(list);
        return column === undefined ? [] : [[field, made(column)]];
      }),
    );
  const path = LEVELS.flatMap((names) => find(names) ?? []);
  const owner = find(OWNERS);
  return {
    columns: found(NAMES, (column) => column),
    ...found(CODED, (column) => ({ column, values: {} })),
    ...(path.length > 0 && { organisation: { columns: path, create: false } }),
    ...(owner !== undefined && { owner: { column: owner, pattern: ownerPattern(owner, sample) } }),
  };
}

function ownerPattern(column: string, sample: readonly Readonly<Record<string, string>>[]) {
  const cells = sample.slice(0, SAMPLES).map((row) => (row[column] ?? '').trim());
  const withAddress = cells.filter((cell) => /[@＠]/.test(cell));
  if (withAddress.length === 0) return 'NAME';
  return withAddress.every((cell) => !/[\s:：<]/.test(cell)) ? 'EMAIL' : 'NAME_AND_EMAIL';
}
