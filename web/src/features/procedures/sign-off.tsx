import { useTranslation } from 'react-i18next';

const HANDS = ['written', 'checked', 'approved'] as const;

/** On paper only: the boxes that are stamped or signed by hand. */
export function SignOff() {
  const { t } = useTranslation();
  return (
    <table className="only-print sign-off">
      <caption className="sr-only">{t('signOff.title')}</caption>
      <thead>
        <tr>
          {HANDS.map((hand) => (
            <th key={hand} scope="col">
              {t(`signOff.${hand}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {HANDS.map((hand) => (
            <td key={hand} />
          ))}
        </tr>
      </tbody>
    </table>
  );
}
