import type { ImportMappingTemplate } from '../dto/import-mapping.request';
import { rowReader } from './read-row';

const MAPPING: ImportMappingTemplate = {
  columns: { code: 'code', name: { column: 'name' } },
  tier: { column: 'tier', values: { 高: 'HIGH', production: 'HIGH', '': 'LOW' } },
};

const read = (cells: Record<string, string>, mapping: Partial<ImportMappingTemplate> = {}) =>
  rowReader({ ...MAPPING, ...mapping })({ code: 'S-1', name: 'System', tier: '高', ...cells });

const candidate = (...parameters: Parameters<typeof read>) => {
  const reading = read(...parameters);
  if (!reading.candidate) throw new Error(JSON.stringify(reading.faults));
  return reading.candidate;
};

describe('a row of a register', () => {
  it('is a system with trimmed, composed texts', () => {
    expect(candidate({ code: ' 　S-1\t', name: 'か\u3099' })).toEqual({
      code: 'S-1',
      organisationPath: [],
      fields: { name: 'が', tier: 'HIGH' },
      initial: {},
      owner: null,
    });
  });

  it('keeps what looks like a formula, and takes off the apostrophe of our own exports', () => {
    expect(candidate({ name: '=cmd|calc' }).fields.name).toBe('=cmd|calc');
    expect(candidate({ name: "'=cmd|calc" }).fields.name).toBe('=cmd|calc');
    expect(candidate({ name: "'90s archive" }).fields.name).toBe("'90s archive");
  });

  it.each([
    ['code', '', 'REQUIRED', undefined],
    ['code', 'x'.repeat(101), 'TOO_LONG', { limit: 100 }],
    ['name', '  ', 'REQUIRED', undefined],
    ['name', 'x'.repeat(301), 'TOO_LONG', { limit: 300 }],
    ['name', 'two\nlines', 'NOT_PLAIN_TEXT', undefined],
    ['name', 'nul\0', 'NOT_PLAIN_TEXT', undefined],
    ['name', 'abc\u202Efdp', 'NOT_PLAIN_TEXT', undefined],
    ['tier', 'unheard of', 'UNMAPPED_VALUE', { value: 'unheard of' }],
  ])('is refused for a bad %s: %j', (column, cell, code, params) => {
    const reading = read({ [column]: cell });
    expect(reading.candidate).toBeNull();
    expect(reading.faults).toEqual([{ column, code, ...(params && { params }) }]);
  });

  it('tells every fault at once, and its code all the same', () => {
    const { code, faults } = read({ name: '', tier: '?' });
    expect(code).toBe('S-1');
    expect(faults.map((fault) => fault.code)).toEqual(['REQUIRED', 'UNMAPPED_VALUE']);
  });

  it('may have line breaks in its note', () => {
    const columns = { ...MAPPING.columns, note: 'note' };
    expect(candidate({ note: 'one\ntwo' }, { columns }).fields.note).toBe('one\ntwo');
    expect(candidate({ note: ' ' }, { columns }).fields.note).toBeNull();
  });

  it('has the places of its list once each', () => {
    const columns = { ...MAPPING.columns, sites: 'sites' };
    expect(candidate({ sites: '東京、大阪; 東京,' }, { columns }).fields.sites).toEqual(['東京', '大阪']);
    expect(read({ sites: Array.from({ length: 51 }, (_, n) => n).join(';') }, { columns }).faults[0]?.code).toBe(
      'TOO_MANY',
    );
  });
});

describe('the value of a coded column', () => {
  it.each(['高', ' 高 ', 'PRODUCTION', 'ｐｒｏｄｕｃｔｉｏｎ'])(
    'is compared trimmed, folded and in full width: %j',
    (tier) => {
      expect(candidate({ tier }).fields.tier).toBe('HIGH');
    },
  );

  it('may be blank only where the mapping says what that means', () => {
    expect(candidate({ tier: '' }).fields.tier).toBe('LOW');
    const { faults } = read({ tier: ' ' }, { tier: { column: 'tier', values: { 高: 'HIGH' } } });
    expect(faults).toEqual([{ column: 'tier', code: 'UNMAPPED_VALUE', params: { value: '' } }]);
  });

  it('is no value of every object', () => {
    expect(read({ tier: 'constructor' }).faults[0]?.code).toBe('UNMAPPED_VALUE');
  });

  it('may be a flag or a number', () => {
    const { fields } = candidate(
      { public: 'はい', class: '機密性３' },
      {
        publicFacing: { column: 'public', values: { はい: true, いいえ: false } },
        confidentiality: { column: 'class', values: { 機密性3: 3 } },
      },
    );
    expect(fields).toMatchObject({ publicFacing: true, confidentiality: 3 });
  });

  it('is for new systems only when it is a constant', () => {
    const { fields, initial } = candidate({}, { tier: { value: 'MODERATE' }, lifecycle: { value: 'OPERATING' } });
    expect(fields).toEqual({ name: 'System' });
    expect(initial).toEqual({ tier: 'MODERATE', lifecycle: 'OPERATING' });
  });
});

describe('the targets of a row', () => {
  const columns = { ...MAPPING.columns, rto: 'rto', rpo: 'rpo', mtd: 'mtd' };

  it('are minutes, and empty where the cell is', () => {
    const { fields } = candidate({ rto: '4時間', rpo: '', mtd: 'P2D' }, { columns });
    expect(fields).toMatchObject({ rtoMinutes: 240, rpoMinutes: null, mtdMinutes: 2880 });
  });

  it.each([
    ['4', 'NOT_A_DURATION'],
    ['best effort', 'NOT_A_DURATION'],
    ['0h', 'ZERO_DURATION'],
  ])('refuse %j', (rto, code) => {
    expect(read({ rto }, { columns }).faults).toEqual([expect.objectContaining({ column: 'rto', code })]);
  });

  it('refuse a recovery time above the tolerable downtime', () => {
    expect(read({ rto: '3d', mtd: '2d' }, { columns }).faults).toEqual([{ column: 'rto', code: 'RTO_ABOVE_MTD' }]);
    expect(read({ rto: '2d', mtd: '2d' }, { columns }).faults).toEqual([]);
  });
});

describe('the organisation of a row', () => {
  const path = (cells: Record<string, string>, skipBlank?: boolean) =>
    read(cells, {
      organisation: { columns: ['省', '局', '課'], create: true, kinds: ['MINISTRY', 'BUREAU', 'DIVISION'], skipBlank },
    });
  const names = (...parameters: Parameters<typeof path>) =>
    path(...parameters).candidate?.organisationPath.map(({ name, kind }) => [name, kind]);

  it('is a path that ends at the first blank', () => {
    expect(names({ 省: '総務省', 局: '自治行政局', 課: '住民制度課' })).toHaveLength(3);
    expect(names({ 省: '総務省', 局: '', 課: '住民制度課' })).toEqual([['総務省', 'MINISTRY']]);
  });

  it('may skip blanks, and each level keeps its kind', () => {
    expect(names({ 省: '総務省', 局: '', 課: '住民制度課' }, true)).toEqual([
      ['総務省', 'MINISTRY'],
      ['住民制度課', 'DIVISION'],
    ]);
  });

  it('needs its first level', () => {
    expect(path({ 省: ' ', 局: '自治行政局' }, true).faults).toEqual([{ column: '省', code: 'REQUIRED' }]);
  });
});

describe('the owner of a row', () => {
  it('is missed with a warning, and the row is taken', () => {
    const { candidate: system, warnings } = read(
      { owner: 'Team' },
      { owner: { column: 'owner', pattern: 'NAME_AND_EMAIL' } },
    );
    expect(system?.owner).toEqual({ kind: 'UNREADABLE', code: 'OWNER_WITHOUT_ADDRESS' });
    expect(warnings).toEqual([{ column: 'owner', code: 'OWNER_WITHOUT_ADDRESS' }]);
  });
});
