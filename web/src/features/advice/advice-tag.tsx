import { useTranslation } from 'react-i18next';
import type { Advice } from '../../api/types';
import { Tag } from '../../ui/badge';

const LOOK = { OPEN: 'soon', ANSWERED: 'met', WITHDRAWN: 'none' } as const;

/** The status of a question in a word. */
export function AdviceTag({ status }: Pick<Advice, 'status'>) {
  const { t } = useTranslation();
  return <Tag look={LOOK[status]}>{t(`adviceStatus.${status}`)}</Tag>;
}
