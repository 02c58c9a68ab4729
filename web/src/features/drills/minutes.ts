import { useTranslation } from 'react-i18next';

const HOUR = 60;

/** Minutes as people say them, `1時間30分` or `1 hour 30 minutes`; `—` for what was not measured. */
export function useMinutes(): (minutes: number | null) => string {
  const { t, i18n } = useTranslation();
  return (minutes) => {
    if (minutes === null) return '—';
    const [hours, rest] = [Math.floor(minutes / HOUR), minutes % HOUR];
    const words = [
      hours > 0 && t('duration.hours', { count: hours }),
      (rest > 0 || hours === 0) && t('duration.minutes', { count: rest }),
    ].filter(Boolean);
    return words.join(i18n.language === 'en' ? ' ' : '');
  };
}
