import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Coverage, CoverageFigure } from '../../api/readiness-types';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { DataTable, type Column } from '../../ui/table';
import { coverageQuery } from './readiness-queries';

const isCounted = ({ figures }: Coverage) => figures.some(({ of }) => of > 0);

/** How far backups, protected copies and restores reach: n of m, each with the systems behind it. */
export function CoverageSection({ organisationId }: { organisationId?: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const coverage = useQuery(coverageQuery(organisationId)).data;
  if (!coverage || !isCounted(coverage)) return null;

  const list = (count: number, filter: string | null) => {
    if (count === 0) return <span className="text-soft">0</span>;
    const narrowed = filter ? { coverage: filter } : { lifecycle: 'OPERATING' };
    return (
      <Link
        to="/systems"
        search={{ ...(organisationId && { organisationId }), ...narrowed }}
        className="text-link inline-flex min-h-8 min-w-8 items-center justify-end"
      >
        {format.number(count)}
      </Link>
    );
  };
  const columns: Column<CoverageFigure>[] = [
    {
      key: 'key',
      title: t('coverage.figure'),
      heads: true,
      cell: ({ key }) => (
        <>
          {t(`coverage.${key}.title`)}
          <span className="block text-[0.875rem] font-400 text-soft">{t(`coverage.${key}.text`)}</span>
        </>
      ),
    },
    {
      key: 'percent',
      title: t('coverage.share'),
      figure: true,
      cell: ({ covered, of }) =>
        of === 0 ? <span className="text-soft">—</span> : format.percent((100 * covered) / of),
    },
    {
      key: 'covered',
      title: t('coverage.covered'),
      figure: true,
      cell: ({ covered, coveredList }) => list(covered, coveredList),
    },
    { key: 'of', title: t('coverage.of'), figure: true, cell: ({ of, ofList }) => list(of, ofList) },
    {
      key: 'missing',
      title: t('coverage.missing'),
      figure: true,
      cell: ({ covered, of, missingList }) => list(of - covered, missingList),
    },
  ];
  return (
    <Section title={t('coverage.title')}>
      <p className="mb-3">{t('coverage.text', { at: format.instant(coverage.asOf) })}</p>
      <div className="print-whole overflow-x-auto">
        <DataTable caption={t('coverage.title')} columns={columns} rows={coverage.figures} rowKey={({ key }) => key} />
      </div>
    </Section>
  );
}
