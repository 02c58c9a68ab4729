import { useState } from 'react';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { AttachmentResponse } from '../../api/generated';
import { Loaded } from '../../ui/feedback';
import { useBytes } from '../../ui/format/bytes';
import { useFormat } from '../../ui/format/format';
import { announce } from '../../ui/toast';
import { useAllowed } from '../systems/use-allowed';
import { FilesField, RefusedFiles } from './files-field';
import { type Refused, useSendFiles } from './send-files';

const MOST = 5;

const attachmentsQuery = (testId: string) =>
  queryOptions({
    queryKey: ['restore-tests', testId, 'attachments'],
    queryFn: ({ signal }) => api.get<AttachmentResponse[]>(`/restore-tests/${testId}/attachments`, {}, signal),
  });

interface AttachmentsProps {
  testId: string;
  systemId: string;
  /** What was not kept of the files that were sent with the test itself. */
  refused?: readonly Refused[];
}

/** The files beside a restore test, and the field by which more are added. */
export function Attachments({ testId, systemId, refused = [] }: AttachmentsProps) {
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
            {may('backup-evidence:write') && kept.length < MOST && <AddFiles testId={testId} refusedBefore={refused} />}
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

/** Sends one file after another; each that is refused says why, and the others are kept. */
function AddFiles({ testId, refusedBefore }: { testId: string; refusedBefore: readonly Refused[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const sendFiles = useSendFiles();
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState(refusedBefore);
  const send = async (chosen: File[], input: HTMLInputElement): Promise<void> => {
    setSending(true);
    const failures = await sendFiles(testId, chosen);
    setSending(false);
    setRefused(failures);
    input.value = '';
    await client.invalidateQueries({ queryKey: attachmentsQuery(testId).queryKey });
    if (failures.length < chosen.length) announce(t('attachments.added', { count: chosen.length - failures.length }));
  };
  return (
    <div className="grid max-w-2xl gap-2 print:hidden">
      <FilesField isDisabled={sending} onChoose={(files, input) => void send(files, input)} />
      {sending && (
        <p role="status" className="text-soft">
          {t('attachments.sending')}
        </p>
      )}
      <RefusedFiles refused={refused} />
    </div>
  );
}
