import { useTranslation } from 'react-i18next';
import type { EvidenceDetail } from '../../../api/types';
import { Notice } from '../../../ui/feedback';
import { useBytes } from '../../../ui/format/bytes';
import { useFormat } from '../../../ui/format/format';
import { Facts } from '../../../ui/page';
import { RawText } from '../../inlets/submissions-dialog';

/** The message that it was read from: when, how large, its digest, and what was in it while that is kept. */
export function RawPayload({ evidence: { submission, source } }: { evidence: EvidenceDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const bytes = useBytes();
  if (!submission)
    return <p className="text-soft">{t(source === 'MANUAL' ? 'record.noRaw' : 'record.noRawWorkflow')}</p>;
  const { id, receivedAt, length, mediaType, rawSha256, kept } = submission;
  return (
    <div className="grid gap-3">
      <Facts
        facts={[
          [t('record.receivedAt'), format.instant(receivedAt)],
          [t('record.length'), bytes(length)],
          [t('record.mediaType'), mediaType ?? t('record.notSaid')],
          ...(kept
            ? []
            : [
                [
                  t('record.rawDigest'),
                  <code key="sha" className="break-all">
                    {rawSha256}
                  </code>,
                ] as never,
              ]),
        ]}
      />
      {length === 0 ? (
        <p>{t('record.signalOnly')}</p>
      ) : kept ? (
        <RawText id={id} />
      ) : (
        <Notice title={t('record.rawDropped')}>{t('record.rawDroppedText')}</Notice>
      )}
    </div>
  );
}
