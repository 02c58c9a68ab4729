import { namesInZip } from './zip-names';

/** What may be kept beside a record, by the ending of its name. */
const BY_ENDING: Readonly<Record<string, { mediaType: string; isOne: (content: Buffer) => boolean }>> = {
  pdf: { mediaType: 'application/pdf', isOne: startsWith('%PDF-') },
  png: { mediaType: 'image/png', isOne: startsWith('\x89PNG\r\n\x1a\n') },
  jpg: { mediaType: 'image/jpeg', isOne: startsWith('\xff\xd8\xff') },
  jpeg: { mediaType: 'image/jpeg', isOne: startsWith('\xff\xd8\xff') },
  txt: { mediaType: 'text/plain', isOne: isText },
  log: { mediaType: 'text/plain', isOne: isText },
  csv: { mediaType: 'text/csv', isOne: isText },
  json: { mediaType: 'application/json', isOne: isJson },
  xlsx: {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    isOne: (content) => namesInZip(content).includes('xl/workbook.xml'),
  },
};

export const ATTACHMENT_MEDIA_TYPES: readonly string[] = [
  ...new Set(Object.values(BY_ENDING).map(({ mediaType }) => mediaType)),
];

export const MOST_ATTACHMENT_BYTES = 5 * 1024 * 1024;
export const MOST_ATTACHMENTS = 5;

/** Why a file may not be kept beside a record. */
export type AttachmentFault = 'FILE_EMPTY' | 'FILE_TOO_LARGE' | 'FILE_TYPE_NOT_ALLOWED' | 'FILE_NOT_WHAT_IT_SAYS';

/** The media type that the content has and the name agrees with, or why the file may not be kept (domain.md section 4). */
export function judgeAttachment(name: string, content: Buffer): { mediaType: string } | { fault: AttachmentFault } {
  if (content.length === 0) return { fault: 'FILE_EMPTY' };
  if (content.length > MOST_ATTACHMENT_BYTES) return { fault: 'FILE_TOO_LARGE' };
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const kind = Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined;
  if (!kind) return { fault: 'FILE_TYPE_NOT_ALLOWED' };
  return kind.isOne(content) ? { mediaType: kind.mediaType } : { fault: 'FILE_NOT_WHAT_IT_SAYS' };
}

function startsWith(magic: string): (content: Buffer) => boolean {
  const bytes = Buffer.from(magic, 'latin1');
  return (content) => content.subarray(0, bytes.length).equals(bytes);
}

function isText(content: Buffer): boolean {
  if (content.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content);
    return true;
  } catch {
    return false;
  }
}

function isJson(content: Buffer): boolean {
  if (!isText(content)) return false;
  try {
    JSON.parse(content.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
