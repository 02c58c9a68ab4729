import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { InboxEntry, UnreadResponse as Unread } from '../../api/generated/types.gen';
import { Tag } from '../../ui/badge';
import { ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { showRead } from './inbox-queries';

/** One thing that the person was told, with the way to what clears it; to follow it is to have read it. */
export function InboxItem({ entry }: { entry: InboxEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id, kind, at, title, systemName, dueOn, note, cleared, path, readAt } = entry;
  const read = useMutation({
    mutationFn: () => api.post<Unread>(`/me/inbox/${id}/read`, undefined),
    onSuccess: (left) => showRead(client, left),
  });
  const follow = (event: React.MouseEvent) => {
    if (!readAt) read.mutate();
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void navigate({ href: path });
  };
  const whole = [title, systemName].filter(Boolean).join(' ');
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 text-[0.875rem] text-soft">
          {!readAt && <Tag look="soon">{t('inbox.isUnread')}</Tag>}
          <span>{t(`inbox.kind.${kind}`)}</span>
          <time dateTime={at}>{format.instant(at)}</time>
          {cleared && <Tag>{t('inbox.cleared')}</Tag>}
        </p>
        <a
          href={path}
          onClick={follow}
          className={`text-link inline-flex min-h-6 items-center ${readAt ? '' : 'font-700'}`}
        >
          {whole}
        </a>
        {dueOn && <p className="text-[0.875rem]">{t('inbox.due', { date: format.date(dueOn) })}</p>}
        {note && <p className="whitespace-pre-line">{note}</p>}
        {read.error && <ProblemNotice error={read.error} />}
      </div>
      {!readAt && (
        <button
          type="button"
          className="text-link no-print min-h-6 cursor-pointer"
          aria-label={t('inbox.markReadOf', { title: whole })}
          onClick={() => read.mutate()}
        >
          {t('inbox.markRead')}
        </button>
      )}
    </li>
  );
}
