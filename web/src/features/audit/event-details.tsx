import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent, HistoryEvent } from '../../api/types';
import { useFormat } from '../../ui/format/format';
import { Facts } from '../../ui/page';
import { useAuditWords } from './audit-words';
import { FieldValue } from './field-value';

/** An event of the record, or of a history, which knows less. */
export type ShownEvent = HistoryEvent & Partial<AuditEvent>;

/** What was before and what came after, field by field, and where the event came from. Drawn when it is opened. */
export function EventDetails({ event }: { event: ShownEvent }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useAuditWords();
  const [open, setOpen] = useState(false);
  const label = t('audit.detailsOf', { action: words.action(event.action), at: format.instant(event.at) });
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)} className="mt-1 not-open:print:hidden">
      <summary
        aria-label={label}
        className="text-link inline-flex min-h-6 cursor-pointer items-center text-[0.875rem] font-400"
      >
        {t('audit.details')}
      </summary>
      {open && (
        <div className="mt-2 grid gap-3 text-[0.875rem] font-400">
          <Changes event={event} />
          {event.personalErased && <p className="text-soft">{t('audit.erased')}</p>}
          <Origin event={event} />
        </div>
      )}
    </details>
  );
}

function Changes({ event: { before, after } }: { event: ShownEvent }) {
  const { t } = useTranslation();
  const words = useAuditWords();
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (fields.length === 0) return null;
  return (
    <table className="diff-table">
      <caption className="sr-only">{t('audit.changes')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('audit.field')}</th>
          {before && <th scope="col">{t('audit.before')}</th>}
          {after && <th scope="col">{t('audit.after')}</th>}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{words.field(field)}</th>
            {before && (
              <td>
                {field in before && (
                  <del>
                    <FieldValue field={field} value={before[field]} />
                  </del>
                )}
              </td>
            )}
            {after && (
              <td>
                {field in after && (
                  <ins>
                    <FieldValue field={field} value={after[field]} />
                  </ins>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Origin({ event }: { event: ShownEvent }) {
  const { t } = useTranslation();
  const words = useAuditWords();
  const facts: [string, string | number | null | undefined][] = [
    [t('audit.requestId'), event.requestId],
    [t('audit.address'), event.address],
    [t('audit.recordType'), words.recordType(event.recordType)],
    [t('audit.recordId'), event.recordId],
    [t('audit.tokenId'), event.actor?.token?.id],
    [t('audit.eventId'), event.id],
    [t('audit.place'), event.seq],
    [t('audit.hash'), event.hash],
  ];
  return (
    <Facts
      facts={facts.flatMap(([name, value]) =>
        value === null || value === undefined ? [] : [[name, <span className="break-all">{value}</span>]],
      )}
    />
  );
}
