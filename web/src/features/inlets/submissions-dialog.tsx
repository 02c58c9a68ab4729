import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Inlet, Submission } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { submissionQuery, submissionsQuery } from './inlet-queries';

/** What came in at an inlet, newest first, with what was in it. */
export function SubmissionsDialog({ inlet, onClose }: { inlet: Inlet; onClose: () => void }) {
  const { t } = useTranslation();
  const submissions = useQuery(submissionsQuery(inlet.id));
  return (
    <Dialog title={t('inlets.messagesOf', { name: inlet.name })} onClose={onClose}>
      <Loaded query={submissions}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('inlets.none')}</p>
          ) : (
            <ul className="grid gap-3">
              {items.map((submission) => (
                <Message key={submission.id} submission={submission} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Dialog>
  );
}

function Message({ submission }: { submission: Submission }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState(false);
  const { disposition, receivedAt, tool, refusalText, flags, length, evidenceIds } = submission;
  return (
    <li className="rounded-8 border border-line p-3">
      <div className="flex flex-wrap items-center gap-3">
        <b>{format.instant(receivedAt)}</b>
        <Tag look={disposition === 'REFUSED' ? 'late' : 'met'}>{t(`inlets.disposition.${disposition}`)}</Tag>
        <span>{tool}</span>
      </div>
      {refusalText && <p className="text-error">{refusalText}</p>}
      <Flags flags={flags} />
      {evidenceIds.length > 0 && (
        <p className="flex flex-wrap gap-x-3">
          {t('record.madeOf')}
          {evidenceIds.map((evidenceId, index) => (
            <Link
              key={evidenceId}
              to="/evidence/$evidenceId"
              params={{ evidenceId }}
              className="text-link inline-flex min-h-6 items-center"
            >
              {t('record.number', { number: index + 1 })}
            </Link>
          ))}
        </p>
      )}
      {length > 0 && (
        <Button look="quiet" onPress={() => setShown(!shown)} aria-expanded={shown}>
          {t(shown ? 'inlets.hideRaw' : 'inlets.showRaw', { count: length })}
        </Button>
      )}
      {shown && <RawText id={submission.id} />}
    </li>
  );
}

/** What is to be known of a report, in words. */
export function Flags({ flags }: { flags: readonly string[] }) {
  const { t } = useTranslation();
  if (flags.length === 0) return null;
  return (
    <ul className="list-disc pl-5 text-[0.9375rem] text-soft">
      {flags.map((flag) => (
        <li key={flag}>{t(`flag.${flag as 'FUTURE_TIME'}`, { defaultValue: flag })}</li>
      ))}
    </ul>
  );
}

/** What was received, as text: nothing in it is ever run or rendered. */
export function RawText({ id }: { id: string }) {
  const { t } = useTranslation();
  const submission = useQuery(submissionQuery(id));
  return (
    <Loaded query={submission}>
      {({ text, truncated, rawSha256 }) => (
        <>
          {text === null ? (
            <p>{t('inlets.rawGone')}</p>
          ) : (
            <pre
              tabIndex={0}
              className="print-whole max-h-96 print:max-h-none overflow-auto rounded-8 border border-line p-3 text-[0.875rem] whitespace-pre-wrap break-all"
            >
              {text}
            </pre>
          )}
          {truncated && <p className="text-soft">{t('inlets.rawTruncated')}</p>}
          <p className="font-mono text-[0.75rem] break-all text-soft">SHA-256 {rawSha256}</p>
        </>
      )}
    </Loaded>
  );
}
