import { useId, useState, type ChangeEvent } from 'react';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { AttachmentResponse } from '../../api/generated';
import { isProblem } from '../../api/problem';
import { Loaded } from '../../ui/feedback';
import { useBytes } from '../../ui/format/bytes';
import { useFormat } from '../../ui/format/format';
import { announce } from '../../ui/toast';
import { useAllowed } from '../systems/use-allowed';

const MOST = 5;
const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.txt,.log,.csv,.json,.xlsx';

const attachmentsQuery = (testId: string) =>
  queryOptions({
    queryKey: ['restore-tests', testId, 'attachments'],
    queryFn: ({ signal }) => api.get<AttachmentResponse[]>(`/restore-tests/${testId}/attachments`, {}, signal),
  });

/** The files beside a restore test, and the field by which more are added. */
export function Attachments({ testId, systemId }: { testId: string; systemId: string }) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  const files = useQuery(attachmentsQuery(testId));
  return (
    <>
      <h3 className="mt-6 mb-2">{t('attachments.title')}</h3>
      <Loaded query={files}>
        {(kept) => (
          <div className="grid gap-4">
            {kept.length === 0 ? (
              <p className="text-soft">{t('attachments.none')}</p>
            ) : (
              <ul className="grid gap-3">
                {kept.map((file) => (
                  <Kept key={file.id} file={file} />
                ))}
              </ul>
            )}
            {may('backup-evidence:write') && kept.length < MOST && <AddFiles testId={testId} />}
          </div>
        )}
      </Loaded>
    </>
  );
}

function Kept({ file }: { file: AttachmentResponse }) {
  const { t } = useTranslation();
  const format = useFormat();
  const bytes = useBytes();
  return (
    <li className="grid gap-1">
      <span className="flex flex-wrap items-baseline gap-x-3">
        <a
          href={`/api/v1/attachments/${file.id}`}
          download={file.fileName}
          className="text-link inline-flex min-h-6 items-center font-700 break-all"
        >
          {file.fileName}
        </a>
        <span className="text-soft">{bytes(file.sizeBytes)}</span>
      </span>
      <span className="text-[0.9375rem] text-soft">
        {t('attachments.addedBy', { who: file.addedBy.displayName, at: format.instant(file.addedAt) })}
      </span>
      <span className="text-[0.9375rem] text-soft">
        SHA-256 <code className="break-all">{file.sha256}</code>
      </span>
    </li>
  );
}

interface Refused {
  fileName: string;
  message: string;
}

/** Sends one file after another; each that is refused says why, and the others are kept. */
function AddFiles({ testId }: { testId: string }) {
  const { t } = useTranslation();
  const id = useId();
  const client = useQueryClient();
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<Refused[]>([]);
  const reasonOf = (error: unknown): string => {
    if (!isProblem(error) || error.status === 0) return t('problem.unreachable');
    return error.errors[0]?.message ?? error.message;
  };
  const send = async (input: HTMLInputElement): Promise<void> => {
    const chosen = [...(input.files ?? [])];
    const failures: Refused[] = [];
    setSending(true);
    for (const file of chosen) {
      const body = new FormData();
      body.set('file', file);
      try {
        await api.post(`/restore-tests/${testId}/attachments`, body);
      } catch (error) {
        failures.push({ fileName: file.name, message: reasonOf(error) });
      }
    }
    setSending(false);
    setRefused(failures);
    input.value = '';
    await client.invalidateQueries({ queryKey: attachmentsQuery(testId).queryKey });
    if (failures.length < chosen.length) announce(t('attachments.added', { count: chosen.length - failures.length }));
  };
  return (
    <div className="grid max-w-2xl gap-2 print:hidden">
      <label htmlFor={id} className="font-700">
        {t('attachments.add')}
      </label>
      <p id={`${id}-hint`} className="text-soft">
        {t('attachments.hint')}
      </p>
      <input
        id={id}
        type="file"
        multiple
        accept={ACCEPTED}
        aria-describedby={`${id}-hint`}
        disabled={sending}
        onChange={(event: ChangeEvent<HTMLInputElement>) => void send(event.target)}
        className="control h-auto border-dashed p-4 file:me-4 file:min-h-11 file:cursor-pointer file:rounded-8 file:border file:border-primary file:bg-page file:px-4 file:font-700 file:text-primary"
      />
      {sending && (
        <p role="status" className="text-soft">
          {t('attachments.sending')}
        </p>
      )}
      {refused.length > 0 && (
        <div role="alert">
          <ul className="grid gap-1 font-700 text-error">
            {refused.map(({ fileName, message }) => (
              <li key={fileName}>{t('attachments.refused', { fileName, message })}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
