import { useTranslation } from 'react-i18next';
import type { ChannelMessage } from '../../api/types';
import { Tag } from '../../ui/badge';

const LOOK = { QUEUED: 'none', SENDING: 'none', SENT: 'met', FAILED: 'late', CANCELLED: 'none' } as const;

export function MessageState({ status }: { status: ChannelMessage['status'] }) {
  const { t } = useTranslation();
  return <Tag look={LOOK[status]}>{t(`mailStatus.${status}`)}</Tag>;
}
