import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { isProblem } from '../../api/problem';

/** A file that was not kept, and why. */
export interface Refused {
  fileName: string;
  message: string;
}

/** Sends files one after the other to be kept beside a restore test. Resolves with those that are refused; the others are kept. */
export function useSendFiles(): (testId: string, files: readonly File[]) => Promise<Refused[]> {
  const { t } = useTranslation();
  const reasonOf = (error: unknown): string => {
    if (!isProblem(error) || error.status === 0) return t('problem.unreachable');
    return error.errors[0]?.message ?? error.message;
  };
  return async (testId, files) => {
    const refused: Refused[] = [];
    for (const file of files) {
      const body = new FormData();
      body.set('file', file);
      try {
        await api.post(`/restore-tests/${testId}/attachments`, body);
      } catch (error) {
        refused.push({ fileName: file.name, message: reasonOf(error) });
      }
    }
    return refused;
  };
}
