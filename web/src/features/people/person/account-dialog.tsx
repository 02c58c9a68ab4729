import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { User } from '../../../api/types';
import { ConfirmDialog } from '../../../ui/dialog';
import { Notice, ProblemNotice } from '../../../ui/feedback';
import { announce } from '../../../ui/toast';
import { systemsQuery } from '../../systems/system-queries';

/** Closes an account, or opens it again; says what the person still answers for. */
export function AccountDialog({ user, etag, onClose }: { user: User; etag: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const closing = user.active;
  const owned = useQuery(systemsQuery({ owner: user.id, limit: 1 })).data?.total ?? 0;
  const change = useMutation({
    mutationFn: () => api.patch<User>(`/users/${user.id}`, { active: !closing }, etag),
    onSuccess: ({ displayName: name }) => {
      announce(t(closing ? 'users.closedNow' : 'users.reopened', { name }));
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
  return (
    <ConfirmDialog
      title={t(closing ? 'users.closeTitle' : 'users.reopenTitle', { name: user.displayName })}
      confirm={t(closing ? 'users.close' : 'users.reopen')}
      look={closing ? 'danger' : 'primary'}
      pending={change.isPending}
      onConfirm={() => change.mutate()}
      onCancel={onClose}
    >
      <div className="grid gap-4">
        {change.error && <ProblemNotice error={change.error} />}
        <p>{t(closing ? 'users.closeText' : 'users.reopenText')}</p>
        {closing && owned > 0 && <Notice look="warning">{t('users.stillOwns', { count: owned })}</Notice>}
      </div>
    </ConfirmDialog>
  );
}
