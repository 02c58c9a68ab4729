import { basename, extname } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { fieldProblem, Problem } from '../problem';

const MOST_FIELD_BYTES = 1024 * 1024;
const MOST_FIELDS = 10;
const LONGEST_NAME = 200;
const LONGEST_ENDING = 20;

/** A request with one file and a few fields beside it. */
export interface Upload {
  fileName: string;
  content: Buffer;
  fields: Record<string, string>;
}

/**
 * Reads a multipart request: the part called `file`, and the fields before or behind it. No more of the file than `mostBytes` is read.
 * @throws Problem 415 when it is none, 400 about `file` when there is no file or more than one or when its parts cannot be told apart, 413 about
 * `file` when it is larger.
 */
export async function readUpload(request: FastifyRequest, mostBytes: number): Promise<Upload> {
  if (!request.isMultipart()) throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE');
  try {
    return await readParts(request, mostBytes);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FST_REQ_FILE_TOO_LARGE')
      throw new Problem(413, 'BODY_TOO_LARGE', { errors: [{ field: 'file', code: 'FILE_TOO_LARGE' }] });
    // The parser says what is wrong with a form in a sentence, without a code: no boundary, or an end in the middle.
    const named = error instanceof Problem || (error instanceof Error && 'statusCode' in error);
    throw named ? error : new Problem(400, 'MALFORMED_REQUEST');
  }
}

async function readParts(request: FastifyRequest, mostBytes: number): Promise<Upload> {
  const limits = { files: 2, fileSize: mostBytes, fields: MOST_FIELDS, fieldSize: MOST_FIELD_BYTES };
  const fields = new Map<string, string>();
  let file: Omit<Upload, 'fields'> | null = null;
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') {
      if (part.fieldname !== 'file') throw fieldProblem(400, part.fieldname, 'UNKNOWN_FIELD');
      if (file) throw fieldProblem(400, 'file', 'TOO_MANY', { limit: 1 });
      file = { fileName: nameOf(part.filename), content: await part.toBuffer() };
    } else {
      if (part.valueTruncated) throw new Problem(413, 'BODY_TOO_LARGE');
      fields.set(part.fieldname, String(part.value));
    }
  }
  if (!file) throw fieldProblem(400, 'file', 'REQUIRED');
  return { ...file, fields: Object.fromEntries(fields) };
}

/** Without folders, control characters and marks that turn the direction of text; a long one keeps its ending. */
function nameOf(sent: string | undefined): string {
  const name = basename((sent ?? '').replaceAll('\\', '/'))
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .normalize('NFC');
  const ending = extname(name).slice(0, LONGEST_ENDING);
  const short = name.length > LONGEST_NAME ? name.slice(0, LONGEST_NAME - ending.length) + ending : name;
  return short.replace(/\p{Cs}/gu, '\uFFFD') || 'file';
}
