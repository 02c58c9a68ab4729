import { useTranslation } from 'react-i18next';
import type { EvidenceDetail } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { useFormat } from '../../../ui/format/format';
import { Section } from '../../../ui/page';
import { runOf } from './run-facts';

const OF_BACKUPS = ['BACKUP', 'VERIFICATION'];

/** Where the tool says that copies are; only what is about backups has any. */
export function Copies({ evidence }: { evidence: EvidenceDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { copySite, copies = [] } = runOf(evidence);
  if (!OF_BACKUPS.includes(evidence.kind)) return null;
  return (
    <Section title={t('record.copies')}>
      {copySite && <p className="mb-2">{t('record.ofCopy', { site: copySite })}</p>}
      {copies.length === 0 ? (
        <p className="text-soft">{t('record.noCopies')}</p>
      ) : (
        <ul className="grid gap-2">
          {copies.map(({ location, immutable, immutableUntil }) => (
            <li key={location} className="flex flex-wrap items-center gap-2">
              <span className="break-all">{location}</span>
              {immutable !== null && <Tag>{t(immutable ? 'record.immutable' : 'record.mutable')}</Tag>}
              {immutableUntil && (
                <span className="text-soft">{t('record.until', { at: format.instant(immutableUntil) })}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
