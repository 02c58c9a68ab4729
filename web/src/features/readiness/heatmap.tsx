import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Heatmap as HeatmapData, HeatmapCell, HeatmapRow } from '../../api/types';
import { STATE_LOOK, VERDICT_LOOK } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';
import { Icon } from '../../ui/icon';
import { clearingPlace } from '../obligations/clearing-place';
import { useGridKeys } from './use-grid-keys';

const STATES = ['MET', 'DUE_SOON', 'OVERDUE', 'FAILED', 'UNKNOWN', 'WAIVED', 'NOT_APPLICABLE'] as const;

function Legend() {
  const { t } = useTranslation();
  return (
    <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-[0.8125rem] text-soft">
      {STATES.map((state) => (
        <li key={state} className="inline-flex items-center gap-1">
          <Icon name={STATE_LOOK[state].icon} className="size-4" />
          {t('readiness.legend', { short: t(`short.${state}`), word: t(`domain:state.${state}`) })}
        </li>
      ))}
    </ul>
  );
}

interface CellProps {
  cell: HeatmapCell;
  system: HeatmapRow['system'];
  label: string;
  asOf: string;
  keys: ReturnType<ReturnType<typeof useGridKeys>['cell']>;
}

function StateCell({ cell, system, label, asOf, keys }: CellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { icon, colours } = STATE_LOOK[cell.state];
  return (
    <Link
      {...clearingPlace({ obligationId: cell.obligationId, systemId: system.id })}
      className={`cell ${colours}`}
      {...keys}
    >
      <span className="sr-only">{label}</span>
      <span aria-hidden="true" className="inline-flex items-center justify-center gap-px">
        <Icon name={icon} className="size-3" />
        {t(`short.${cell.state}`)}
      </span>
      {cell.dueOn && (
        <span aria-hidden="true" className="cell-date">
          {format.shortDate(cell.dueOn, asOf)}
        </span>
      )}
    </Link>
  );
}

/** Systems × rules. One line under the grid says in full what the cell in focus, or under the pointer, means. */
export function Heatmap({ heatmap }: { heatmap: HeatmapData }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState('');
  const { rules, items, asOf } = heatmap;
  const keys = useGridKeys(items.length, rules.length + 1);

  const sentence = (row: HeatmapRow, rule: { title: string }, cell: HeatmapCell) => {
    const words = { system: format.name(row.system), rule: rule.title, state: t(`domain:state.${cell.state}`) };
    return cell.dueOn
      ? t('readiness.cellDue', { ...words, date: format.date(cell.dueOn) })
      : t('readiness.cell', words);
  };

  return (
    <div>
      <p className="no-print mb-2 text-[0.9375rem] text-soft">{t('readiness.heatmapHint')}</p>
      <div className="print-whole overflow-x-auto">
        <table
          role="grid"
          aria-label={t('readiness.heatmap')}
          className="heatmap"
          onKeyDown={keys.onKeyDown}
          onMouseLeave={() => setShown('')}
        >
          <thead>
            <tr>
              <th scope="col">
                <span className="block px-2 text-start">{t('readiness.system')}</span>
              </th>
              {rules.map((rule) => (
                <th key={rule.key} scope="col">
                  <div className="rule-name">{rule.title}</div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((row, rowIndex) => (
              <tr key={row.system.id}>
                <th scope="row" className="row-name">
                  <Link
                    to="/systems/$systemId"
                    params={{ systemId: row.system.id }}
                    className="text-link font-700"
                    {...keys.cell(rowIndex, 0)}
                  >
                    {format.name(row.system)}
                  </Link>
                  <span className="block text-[0.75rem] text-soft">
                    {t('tier.label', { tier: t(`domain:tier.${row.system.tier}`) })}
                    {t('text.dot')}
                    {format.name(row.system.organisation)}
                  </span>
                  {row.verdict && (
                    <span className="inline-flex items-center gap-1 text-[0.75rem]">
                      <Icon name={VERDICT_LOOK[row.verdict].icon} className="size-3.5" />
                      {t(`domain:verdict.${row.verdict}`)}
                    </span>
                  )}
                  {row.effectiveVerdict && row.effectiveVerdict !== row.verdict && (
                    <span className="block text-[0.75rem] text-soft">
                      {t('effective.with', { verdict: t(`domain:verdict.${row.effectiveVerdict}`) })}
                    </span>
                  )}
                </th>
                {rules.map((rule, index) => {
                  const cell = row.cells[index];
                  const place = keys.cell(rowIndex, index + 1);
                  const label = cell ? sentence(row, rule, cell) : '';
                  return (
                    <td
                      key={rule.key}
                      role="gridcell"
                      onMouseEnter={() => setShown(label)}
                      onFocus={() => setShown(label)}
                    >
                      {cell ? (
                        <StateCell cell={cell} system={row.system} label={label} asOf={asOf} keys={place} />
                      ) : (
                        <span className={`cell ${STATE_LOOK.NOT_APPLICABLE.colours}`} {...place}>
                          <span className="sr-only">{t('domain:state.NOT_APPLICABLE')}</span>
                          <span aria-hidden="true">—</span>
                        </span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown && <p className="no-print sticky bottom-0 border-t border-line bg-page py-2 text-[0.9375rem]">{shown}</p>}
      <Legend />
    </div>
  );
}
