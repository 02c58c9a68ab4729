import { useTranslation } from 'react-i18next';
import { useDuration } from '../../ui/format/duration';
import { AREAS, LEVELS, STOPS, type Level } from './questions';

type Area = (typeof AREAS)[number];

interface ImpactTableProps {
  impacts: Record<Area, readonly Level[]>;
  /** Absent when it is only read. */
  onChange?: (area: Area, column: number, level: Level) => void;
}

/** How badly each area is harmed by stops of growing length. */
export function ImpactTable({ impacts, onChange }: ImpactTableProps) {
  const { t } = useTranslation();
  const duration = useDuration();
  return (
    <div className="overflow-x-auto" tabIndex={0}>
      <table className="impacts">
        <caption className="sr-only">{t('importance.impacts')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('importance.areaTitle')}</th>
            {STOPS.map((stop) => (
              <th key={stop} scope="col">
                {duration(stop)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {AREAS.map((area) => (
            <tr key={area}>
              <th scope="row">{t(`importance.area.${area}`)}</th>
              {STOPS.map((stop, column) => {
                const level = impacts[area][column] ?? 'NONE';
                return (
                  <td key={stop}>
                    {onChange ? (
                      <select
                        className="control min-w-24"
                        aria-label={t('importance.cell', {
                          area: t(`importance.area.${area}`),
                          stop: duration(stop),
                        })}
                        value={level}
                        onChange={(event) => onChange(area, column, event.target.value as Level)}
                      >
                        {LEVELS.map((each) => (
                          <option key={each} value={each}>
                            {t(`importance.level.${each}`)}
                          </option>
                        ))}
                      </select>
                    ) : (
                      t(`importance.level.${level}`)
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
