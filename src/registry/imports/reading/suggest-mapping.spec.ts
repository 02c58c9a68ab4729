import { LOCALES } from '../../../platform/messages/messages';
import { columnOf, type Source } from './source';
import { suggestMapping } from './suggest-mapping';
import { templateColumns } from './template-columns';

describe('the suggested mapping', () => {
  it('knows the columns of a Japanese register', () => {
    const columns = ['予算事業ID', '事業名', '府省庁', '局・庁', '部', '課', '室', '班', '備考'];
    expect(suggestMapping(columns, [])).toEqual({
      columns: { code: '予算事業ID', name: '事業名', note: '備考' },
      organisation: { columns: ['府省庁', '局・庁', '部', '課', '室'], create: false },
    });
  });

  it('knows the columns of an English register, and sees that owners have addresses', () => {
    const columns = ['namespace', 'application', 'business_unit', 'is_production', 'owner'];
    expect(suggestMapping(columns, [{ owner: 'Team' }, { owner: 'Team: a@example.com' }])).toEqual({
      columns: { code: 'namespace', name: 'application' },
      organisation: { columns: ['business_unit'], create: false },
      owner: { column: 'owner', pattern: 'NAME_AND_EMAIL' },
    });
    expect(suggestMapping(columns, [{ owner: 'a@example.com' }, { owner: '' }]).owner?.pattern).toBe('EMAIL');
    expect(suggestMapping(columns, [{ owner: '運用 さくら' }]).owner?.pattern).toBe('NAME');
  });

  it('never says what a value means', () => {
    const { tier, lifecycle } = suggestMapping(
      ['ID', 'Tier', 'Status'],
      [{ ID: '1', Tier: 'HIGH', Status: 'OPERATING' }],
    );
    expect(tier).toEqual({ column: 'Tier', values: {} });
    expect(lifecycle).toEqual({ column: 'Status', values: {} });
  });

  it.each(LOCALES)('knows every column of our own template again (%s)', (locale) => {
    const columns = templateColumns(locale);
    const { columns: texts, organisation, ...rest } = suggestMapping(columns, []);
    const known = [...Object.values(texts), ...Object.values(rest)].map((source) => columnOf(source as Source));
    expect([...known, ...(organisation?.columns ?? [])].sort()).toEqual([...columns].sort());
  });
});
