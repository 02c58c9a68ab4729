import { type Locale, message } from '../../platform/messages/messages';
import type { NoticeKind } from './notice.entity';

/** What the title of a notice is worded with. */
export interface TitledNotice {
  kind: NoticeKind;
  systemCount: number;
  systemCode: string | null;
  systemName: string | null;
  systemNameEn: string | null;
  inletName: string | null;
}

/** A notice as one sentence: it names one of the systems and counts the others. */
export function noticeTitle(notice: TitledNotice, locale: Locale): string {
  const name = (locale === 'en' && notice.systemNameEn) || notice.systemName;
  return message(locale, `notice.${notice.kind}.${notice.systemCount > 1 ? 'many' : 'one'}`, {
    count: notice.systemCount,
    others: notice.systemCount - 1,
    inlet: notice.inletName,
    system: message(locale, 'digest.system', { name, code: notice.systemCode }),
  });
}
