import { isMap, parseDocument, stringify } from 'yaml';
import type { PolicyRules } from '../../../core/policy/rule';
import { type FieldProblem, Problem } from '../../../platform/http/problem';
import { checkPolicyShape } from '../policy-shape';

/** The form of packs that this version writes and reads. */
const FORM = 1;
export const MOST_PACK_CHARACTERS = 512 * 1024;
/** So that a few lines cannot unfold to millions. */
const MOST_ALIASES = 100;
const PARTS = ['grace', 'reviewAfterChange', 'rules'] as const;

/** A policy as a file: everything that a draft holds, as YAML. `about` is a comment on top. */
export function writePack({ grace, reviewAfterChange, rules }: PolicyRules, about: string): string {
  const body = stringify(
    { sonaePolicy: FORM, grace, reviewAfterChange, rules },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  return `# ${about.replace(/\p{Cc}/gu, ' ')}\n${body}`;
}

/**
 * Reads a pack: plain YAML without tags of its own, at most 512 KiB, with the keys that are known and no others.
 * @throws Problem 400 with one error for each mistake: its line for broken YAML, else the path of the field.
 */
export function readPack(text: string): PolicyRules {
  if (text.length > MOST_PACK_CHARACTERS)
    throw refused([{ field: 'pack', code: 'TOO_LONG', params: { limit: MOST_PACK_CHARACTERS } }]);
  const content = parsed(text);
  const { sonaePolicy, ...parts } = content;
  const errors: FieldProblem[] = [
    ...(sonaePolicy === FORM ? [] : [{ field: 'sonaePolicy', code: 'NOT_IN_LIST', params: { limit: String(FORM) } }]),
    ...checkPolicyShape(parts),
  ];
  if (errors.length > 0) throw refused(errors);
  return Object.fromEntries(PARTS.map((part) => [part, parts[part]])) as unknown as PolicyRules;
}

function parsed(text: string): Record<string, unknown> {
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true, merge: false, prettyErrors: true });
  const [error] = [...document.errors, ...document.warnings];
  if (error) throw refused([{ field: 'pack', code: 'NOT_YAML', params: { line: error.linePos?.[0].line ?? 1 } }]);
  if (!isMap(document.contents)) throw refused([{ field: 'pack', code: 'NOT_AN_OBJECT' }]);
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as Record<string, unknown>;
  } catch {
    throw refused([{ field: 'pack', code: 'TOO_MANY', params: { limit: MOST_ALIASES } }]);
  }
}

const refused = (errors: readonly FieldProblem[]): Problem => new Problem(400, 'INVALID_FIELDS', { errors });
