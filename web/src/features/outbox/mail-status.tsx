import { useTranslation } from 'react-i18next';
import type { MailSummary } from '../../api/types';
import { Tag } from '../../ui/badge';

const LOOK = { QUEUED: 'none', SENDING: 'none', SENT: 'met', KEPT: 'none', FAILED: 'late', CANCELLED: 'none' } as const;

export function MailState({ status }: { status: MailSummary['status'] }) {
  const { t } = useTranslation();
  return <Tag look={LOOK[status]}>{t(`mailStatus.${status}`)}</Tag>;
}
