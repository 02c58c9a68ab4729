import { basename } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { cellText } from './reading/cell-text';
import { MOST_FILE_BYTES } from './run/opened-register';

const MOST_FIELD_BYTES = 1024 * 1024;
const MOST_FIELDS = 10;
const LONGEST_NAME = 200;

/** A request with one file and a few fields beside it. */
export interface Upload {
  fileName: string;
  content: Buffer;
  fields: Record<string, string>;
}

/**
 * Reads a multipart request: the part called `file`, and the fields before or behind it.
 * @throws Problem 415 when it is none, 400 about `file` when there is no file or more than one or when its parts cannot be told apart, 413 when
 * it is larger than 32 MiB.
 */
export async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE');
  try {
    return await readParts(request);
  } catch (error) {
    // The parser says what is wrong with a form in a sentence, without a code: no boundary, or an end in the middle.
    const named = error instanceof Problem || (error instanceof Error && 'statusCode' in error);
    throw named ? error : new Problem(400, 'MALFORMED_REQUEST');
  }
}

async function readParts(request: FastifyRequest): Promise<Upload> {
  const limits = { files: 2, fileSize: MOST_FILE_BYTES, fields: MOST_FIELDS, fieldSize: MOST_FIELD_BYTES };
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

function nameOf(sent: string | undefined): string {
  const name = cellText(basename((sent ?? '').replaceAll('\\', '/'))).replace(/\p{Cc}/gu, '');
  return name.slice(0, LONGEST_NAME) || 'register';
}
