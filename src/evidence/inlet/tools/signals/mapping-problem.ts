import type { ErrorObject } from 'ajv';
import type { FieldProblem } from '../../../../platform/http/problem';
import { faultsOf } from './generic-json';
import { fieldOf } from './neutral';

/** By the keyword of JSON Schema that is broken. A fault of a choice is told instead of those of what may be chosen. */
const CODES: readonly (readonly [string, string])[] = [
  ['oneOf', 'MAPPING_NEEDS_ONE'],
  ['additionalProperties', 'MAPPING_UNKNOWN'],
  ['required', 'MAPPING_LACKS'],
  ['pattern', 'MAPPING_NO_POINTER'],
  ['enum', 'MAPPING_NO_WORD'],
];

/** What is wrong with a mapping that is declared, with the place in it: `fields/outcome/pointer`; null when it is one. */
export function mappingProblem(mapping: unknown): FieldProblem | null {
  const faults = faultsOf(mapping);
  const [first] = faults;
  if (!first) return null;
  for (const [keyword, code] of CODES) {
    const fault = faults.find((each) => each.keyword === keyword);
    if (fault) return problem(code, fault);
  }
  return problem('MAPPING_WRONG', first);
}

function problem(code: string, fault: ErrorObject): FieldProblem {
  const words = fault.params['allowedValues'] as readonly string[] | undefined;
  return { field: 'mapping', code, params: { place: fieldOf(fault), ...(words && { limit: words.join(', ') }) } };
}
