import { useTranslation } from 'react-i18next';
import type { MailStatus } from '../../api/administration-types';
import { Tag } from '../../ui/badge';

const LOOK = { QUEUED: 'none', SENT: 'met', KEPT: 'none', FAILED: 'late', CANCELLED: 'none' } as const;

export function MailState({ status }: { status: MailStatus }) {
  const { t } = useTranslation();
  return <Tag look={LOOK[status]}>{t(`mailStatus.${status}`)}</Tag>;
}
