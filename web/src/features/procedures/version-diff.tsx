import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProcedureStep, TextPart } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Loaded } from '../../ui/feedback';
import { Section } from '../../ui/page';
import { versionDiffQuery } from './procedure-queries';

/** How a version differs from the one it would replace; nothing when there is none. */
export function VersionDiff({ versionId }: { versionId: string }) {
  const { t } = useTranslation();
  const diff = useQuery(versionDiffQuery(versionId));
  if (diff.data && !diff.data.before) return null;
  return (
    <Section title={t('diff.title', { version: diff.data?.before?.version ?? '' })}>
      <Loaded query={diff}>
        {({ markdown, launchCriteria, launchedBy, steps, contacts }) => {
          const texts = [
            ['procedures.text', markdown],
            ['procedures.launchCriteria', launchCriteria],
            ['procedures.launchedBy', launchedBy],
          ] as const;
          const changed = texts.filter(([, parts]) => parts.length > 0);
          if (changed.length + steps.length + contacts.length === 0) return <p>{t('diff.none')}</p>;
          return (
            <div className="card grid grid-cols-1 gap-6">
              {changed.map(([label, parts]) => (
                <TextChange key={label} label={t(label)} parts={parts} />
              ))}
              {steps.length > 0 && (
                <div>
                  <h3>{t('procedures.steps')}</h3>
                  <ul className="grid gap-3">
                    {steps.map(({ change, step, before, fields }) => (
                      <li key={step.key}>
                        <ChangeTag change={change} /> <b>{step.title}</b>
                        {before && (
                          <ul className="ms-6 list-disc">
                            {fields.map((field) => (
                              <li key={field}>
                                {t(field === 'dependsOn' ? 'procedures.dependsOn' : `procedures.stepField.${field}`)}
                                {t('diff.colon')}
                                <del>{shown(before, field)}</del> → <ins>{shown(step, field)}</ins>
                              </li>
                            ))}
                          </ul>
                        )}
                      </li>
                    ))}
                  </ul>
                </div>
              )}
              {contacts.length > 0 && (
                <div>
                  <h3>{t('procedures.contacts')}</h3>
                  <ul className="grid gap-1">
                    {contacts.map(({ change, contact }, at) => (
                      <li key={at}>
                        <ChangeTag change={change} />{' '}
                        {[contact.name, contact.role, contact.phone, contact.email].filter(Boolean).join('　')}
                      </li>
                    ))}
                  </ul>
                </div>
              )}
            </div>
          );
        }}
      </Loaded>
    </Section>
  );
}

function shown(step: ProcedureStep, field: Exclude<keyof ProcedureStep, 'key'>): string {
  const value = step[field];
  return (Array.isArray(value) ? value.join(', ') : String(value ?? '')) || '—';
}

function ChangeTag({ change }: { change: 'ADDED' | 'REMOVED' | 'CHANGED' }) {
  const { t } = useTranslation();
  return (
    <Tag look={change === 'ADDED' ? 'met' : change === 'REMOVED' ? 'late' : 'soon'}>{t(`diff.change.${change}`)}</Tag>
  );
}

/** The lines that changed, each with its sign, and up to two lines around them. */
function TextChange({ label, parts }: { label: string; parts: TextPart[] }) {
  const { t } = useTranslation();
  return (
    <div>
      <h3>{label}</h3>
      <div className="overflow-x-auto rounded-8 border border-line p-2" tabIndex={0}>
        {parts.map(({ change, lines }, at) =>
          change === 'SAME' ? (
            <pre key={at} className="text-soft">
              {near(lines, at === 0, at === parts.length - 1).map((line) => `  ${line}\n`)}
            </pre>
          ) : (
            <pre key={at} className={change === 'ADDED' ? 'bg-met text-on-met' : 'bg-late text-on-late'}>
              <span className="sr-only">{t(`diff.change.${change}`)}</span>
              {lines.map((line) => `${change === 'ADDED' ? '+' : '−'} ${line}\n`)}
            </pre>
          ),
        )}
      </div>
    </div>
  );
}

const AROUND = 2;

function near(lines: string[], isFirst: boolean, isLast: boolean): string[] {
  if (lines.length <= 2 * AROUND + 1) return lines;
  return [...(isFirst ? [] : lines.slice(0, AROUND)), '…', ...(isLast ? [] : lines.slice(-AROUND))];
}
