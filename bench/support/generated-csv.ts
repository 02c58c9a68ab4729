import { csvOf } from '../../test/support/imports';

const BUREAUS = 100;
/** Systems that one person owns. */
const OWNED = 7;
const HEADER = ['番号', '名称', '局', '区分', '状態', '担当', '所在地', '備考'];

/** How the columns of it become systems below an organisation; bureaus and people that are not there yet are made. */
export const mappingFor = (organisationId: string): object => ({
  organisationId,
  columns: { code: '番号', name: '名称', sites: '所在地', note: '備考' },
  organisation: { columns: ['局'], create: true },
  tier: { column: '区分', values: { 高: 'HIGH', 中: 'MODERATE', 低: 'LOW' } },
  lifecycle: { column: '状態', values: { 運用: 'OPERATING' } },
  owner: { column: '担当', pattern: 'EMAIL' },
});

const tierOf = (n: number): string => (n % 10 === 0 ? '高' : n % 10 < 4 ? '中' : '低');

/** A register as an office sends it: the systems from one number up to before another. One in ten is HIGH, three are MODERATE; seven have one owner. */
export function registerCsv(from: number, until: number): Buffer {
  const rows = Array.from({ length: until - from }, (_, at) => {
    const n = from + at;
    const owner = `owner-${Math.floor(n / OWNED)}@register.example`;
    return [`R-${n}`, `業務システム${n}`, `局${n % BUREAUS}`, tierOf(n), '運用', owner, '東京', `台帳の行${n}`];
  });
  return csvOf(HEADER, ...rows);
}
