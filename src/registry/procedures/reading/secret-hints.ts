import { secretLikes } from '../../../core/procedure/secret-like';
import type { ProcedureVersion } from '../procedure-version.entity';
import type { SecretHintResponse } from './passages.dto';

type Texts = Pick<ProcedureVersion, 'markdown'> &
  Partial<Pick<ProcedureVersion, 'launchCriteria' | 'launchedBy' | 'steps' | 'contacts'>>;

/** Where the free texts of a procedure seem to hold a key or a password, in the order of its page. */
export function secretHints({
  markdown,
  launchCriteria,
  launchedBy,
  steps = [],
  contacts = [],
}: Texts): SecretHintResponse[] {
  const parts = (name: string, rows: readonly object[], fields: readonly string[]): [string, unknown][] =>
    rows.flatMap((row, index) =>
      fields.map((field): [string, unknown] => [`${name}[${index}].${field}`, row[field as keyof typeof row]]),
    );
  const texts: [string, unknown][] = [
    ['launchCriteria', launchCriteria],
    ['launchedBy', launchedBy],
    ['markdown', markdown],
    ...parts('steps', steps, ['title', 'role', 'instructions', 'location']),
    ...parts('contacts', contacts, ['name', 'role', 'phone', 'email']),
  ];
  return texts.flatMap(([field, text]) =>
    typeof text === 'string' ? secretLikes(text).map((hint) => ({ ...hint, field })) : [],
  );
}
