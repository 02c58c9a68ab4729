import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../api/types';

const ROWS = 5;

/** The first rows as the service read them: wrong letters show a wrong encoding at once. */
export function SampleTable({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const { columns, sample } = inspection;
  return (
    // Its own focus, so that the keyboard can scroll it.
    <div
      role="region"
      aria-label={t('imports.sample')}
      tabIndex={0}
      className="overflow-x-auto rounded-8 border border-line"
    >
      <table className="w-full border-collapse text-[0.875rem]">
        <caption className="sr-only">{t('imports.sample')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className="bg-none px-2 py-1.5 text-start whitespace-nowrap">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.slice(0, ROWS).map((row, index) => (
            <tr key={index} className="border-t border-line">
              {columns.map((column) => (
                <td key={column} className="max-w-56 truncate px-2 py-1.5 whitespace-nowrap">
                  {row[column]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
