import type { ImportMappingTemplate } from '../dto/import-mapping.request';
import { columnOf, type Source } from './source';

/** Every column a mapping names, with the place in the mapping that names it. */
export function usedColumns(mapping: ImportMappingTemplate): { field: string; column: string }[] {
  const { columns, organisation, file: _file, ...rest } = mapping;
  const sources: [string, string | Source | undefined][] = [
    ...Object.entries(columns).map(([field, source]): [string, typeof source] => [`columns.${field}`, source]),
    ...(organisation?.columns ?? []).map((column, level): [string, string] => [
      `organisation.columns[${level}]`,
      column,
    ]),
    ...Object.entries(rest).filter(([field]) => field !== 'organisationId'),
  ];
  return sources.flatMap(([field, source]) => {
    const column = columnOf(source);
    return column === null ? [] : [{ field, column }];
  });
}
