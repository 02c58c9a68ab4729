import { useTranslation } from 'react-i18next';

const UNITS = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** An amount in bytes, which may exceed what a number holds, such as `1.5 MB（1,500,000 バイト）`. */
export function useBytes(): (bytes: string | number) => string {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en-GB' : 'ja-JP';
  return (bytes) => {
    const exact = t('bytes.exact', { bytes: BigInt(bytes).toLocaleString(language) });
    let amount = Number(bytes);
    let unit = -1;
    while (amount >= 1000 && unit < UNITS.length - 1) {
      amount /= 1000;
      unit += 1;
    }
    if (unit < 0) return exact;
    const short = amount.toLocaleString(language, { maximumFractionDigits: 1 });
    return t('bytes.about', { short: `${short} ${UNITS[unit]}`, exact });
  };
}
