import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Calendar, Locale } from '../../api/types';
import { RadioField } from '../../ui/form/choice';
import { ComboField } from '../../ui/form/combo-field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { civilDateOf, formatDate } from '../../ui/format/format';
import { now } from '../../ui/format/now';
import { Section } from '../../ui/page';
import { announce } from '../../ui/toast';
import { changePreferences, useMe } from '../session/session';
import { THEMES, useTheme } from '../shell/theme';

const LOCALES: Locale[] = ['ja', 'en'];
const CALENDARS: Calendar[] = ['GREGORIAN', 'JAPANESE'];
const ZONES = Intl.supportedValuesOf('timeZone').map((id) => ({ id, label: id }));

/** Language, calendar and time zone, which go with the account, and the theme, which stays with the browser. */
export function PreferencesSection() {
  const { t } = useTranslation();
  const { user } = useMe();
  const client = useQueryClient();
  const [theme, setTheme] = useTheme();
  const form = useForm({
    initial: {
      locale: user.locale as Locale | '',
      calendar: user.calendar as Calendar | '',
      timeZone: user.timeZone,
    },
    required: () => ['locale', 'calendar', 'timeZone'],
    save: ({ locale, calendar, timeZone }) =>
      changePreferences(client, { locale: locale as Locale, calendar: calendar as Calendar, timeZone }),
    onSaved: () => announce(t('account.preferencesSaved')),
  });
  const labels = { locale: t('userFields.locale'), calendar: t('account.calendar'), timeZone: t('account.timeZone') };
  return (
    <Section title={t('account.preferences')}>
      <div className="grid gap-6">
        <RadioField
          name="theme"
          label={t('theme.label')}
          value={theme}
          onChange={(chosen) => chosen && setTheme(chosen)}
          options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
        <Form {...form} labels={labels} onSubmit={form.submit} submit={t('action.save')}>
          <RadioField
            {...form.bind('locale')}
            label={labels.locale}
            options={LOCALES.map((value) => ({ value, label: t(`locale.${value}`) }))}
          />
          {/* English dates are written in one calendar only. */}
          {form.values.locale === 'ja' && (
            <RadioField
              {...form.bind('calendar')}
              label={labels.calendar}
              options={CALENDARS.map((value) => ({
                value,
                label: t(`account.calendarOf.${value}`, { today: formatDate(civilDateOf(now()), 'ja', value) }),
              }))}
            />
          )}
          <ComboField {...form.bind('timeZone')} label={labels.timeZone} items={ZONES} />
        </Form>
      </div>
    </Section>
  );
}
