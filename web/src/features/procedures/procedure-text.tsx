import { useTranslation } from 'react-i18next';
import { PrintContents } from './print-contents';
import { SecretHints } from './secret-hints';
import type { ProcedureContact, ProcedureStep, ProcedureVersion } from '../../api/types';
import { minutesOf, useDuration } from '../../ui/format/duration';
import { useFormat } from '../../ui/format/format';
import { Tag } from '../../ui/badge';
import { Section } from '../../ui/page';
import { MarkdownText } from '../../ui/format/markdown';
import { DataTable, type Column } from '../../ui/table';

/** A procedure as it is read in an emergency, on the screen and on paper. */
export function ProcedureText({ version, rto }: { version: ProcedureVersion; rto: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const minutes = (count: number | null | undefined) => (count == null ? '—' : t('duration.minutes', { count }));
  const titles = new Map(version.steps.map(({ key, title }) => [key, title]));
  // As they can be done, and not as they were written: that order is the editor's.
  const ordered = version.order.flatMap((key) => version.steps.find((step) => step.key === key) ?? []);
  const unplanned = version.steps.filter(({ plannedMinutes }) => plannedMinutes == null).length;
  const isCritical = (key: string) => version.steps.length > 1 && version.criticalPath.includes(key);
  const steps: Column<ProcedureStep & { number: number }>[] = [
    { key: 'number', title: t('procedures.step'), cell: ({ number }) => number },
    {
      key: 'title',
      title: t('procedures.stepTitle'),
      heads: true,
      cell: ({ key, title }) => (
        <span className="inline-block min-w-24 sm:min-w-40">
          <b>{title}</b> {isCritical(key) && <Tag>{t('procedures.critical')}</Tag>}
        </span>
      ),
    },
    { key: 'role', title: t('procedures.stepRole'), cell: ({ role }) => role },
    {
      key: 'what',
      title: t('procedures.instructions'),
      cell: ({ instructions }) => instructions && <MarkdownText>{instructions}</MarkdownText>,
    },
    { key: 'where', title: t('procedures.location'), cell: ({ location }) => location },
    {
      key: 'minutes',
      title: t('procedures.plannedMinutes'),
      figure: true,
      cell: ({ plannedMinutes }) => minutes(plannedMinutes),
    },
    {
      key: 'after',
      title: t('procedures.dependsOn'),
      cell: ({ dependsOn }) => dependsOn.map((key) => titles.get(key) ?? key).join(t('form.listComma')),
    },
  ];
  const contacts: Column<ProcedureContact>[] = [
    { key: 'name', title: t('procedures.contactName'), heads: true, cell: ({ name }) => <b>{name}</b> },
    { key: 'role', title: t('procedures.stepRole'), cell: ({ role }) => role },
    { key: 'phone', title: t('procedures.phone'), cell: ({ phone }) => phone },
    { key: 'email', title: t('procedures.email'), cell: ({ email }) => email },
    {
      key: 'confirmedOn',
      title: t('procedures.confirmedOn'),
      cell: ({ confirmedOn }) => format.date(confirmedOn),
    },
  ];
  const isLaunched = Boolean(version.launchCriteria || version.launchedBy);
  const sections = [
    ...(isLaunched ? [{ id: 'procedure-launch', title: t('procedures.launch') }] : []),
    ...(version.markdown ? [{ id: 'procedure-text', title: t('procedures.text') }] : []),
    { id: 'procedure-steps', title: t('procedures.steps') },
    { id: 'procedure-contacts', title: t('procedures.contacts') },
  ];
  return (
    <div className="numbered-sections">
      <SecretHints hints={version.secretHints} />
      <PrintContents sections={sections} steps={ordered} />
      {isLaunched && (
        <Section id="procedure-launch" title={t('procedures.launch')}>
          <dl className="grid gap-2">
            {version.launchCriteria && (
              <div>
                <dt className="font-700">{t('procedures.launchCriteria')}</dt>
                <dd className="whitespace-pre-wrap">{version.launchCriteria}</dd>
              </div>
            )}
            {version.launchedBy && (
              <div>
                <dt className="font-700">{t('procedures.launchedBy')}</dt>
                <dd>{version.launchedBy}</dd>
              </div>
            )}
          </dl>
        </Section>
      )}
      {version.markdown && (
        <Section id="procedure-text" title={t('procedures.text')}>
          <MarkdownText>{version.markdown}</MarkdownText>
        </Section>
      )}
      <Section
        id="procedure-steps"
        title={t('procedures.steps')}
        aside={
          version.criticalPathMinutes != null && (
            <p className="text-[0.9375rem] text-soft">
              {t('procedures.criticalPath', { time: minutes(version.criticalPathMinutes) })}
              <RtoSlack rto={rto} minutes={version.criticalPathMinutes} isWhole={unplanned === 0} />
              {unplanned > 0 && (
                <span className="ms-2">
                  <Tag look="soon">{t('procedures.unplanned', { count: unplanned })}</Tag>
                </span>
              )}
            </p>
          )
        }
      >
        <DataTable
          caption={t('procedures.steps')}
          columns={steps}
          rows={ordered.map((step, index) => ({ ...step, number: index + 1 }))}
          rowKey={({ key }) => key}
        />
      </Section>
      <Section id="procedure-contacts" title={t('procedures.contacts')}>
        {version.contacts.length === 0 ? (
          <p className="text-soft">{t('procedures.noContacts')}</p>
        ) : (
          <DataTable
            caption={t('procedures.contacts')}
            columns={contacts}
            rows={version.contacts}
            rowKey={({ name, role }) => name + role}
          />
        )}
      </Section>
    </div>
  );
}

/** How much of the RTO the critical path leaves, which only a plan that is whole can say, or by how much it is too long. */
function RtoSlack({ rto, minutes, isWhole }: { rto: string | null; minutes: number; isWhole: boolean }) {
  const { t } = useTranslation();
  const duration = useDuration();
  const target = rto === null ? null : minutesOf(rto);
  if (target === null) return null;
  const slack = target - minutes;
  if (slack >= 0 && !isWhole) return null;
  return (
    <span className="ms-2">
      <Tag look={slack < 0 ? 'late' : 'met'}>
        {t(slack < 0 ? 'procedures.overRto' : 'procedures.withinRto', {
          rto: duration(rto),
          time: t('duration.minutes', { count: Math.abs(slack) }),
        })}
      </Tag>
    </span>
  );
}
