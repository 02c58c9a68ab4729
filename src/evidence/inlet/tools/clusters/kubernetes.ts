import { type Json } from '../../payload/exact-json';
import { at, objectsAt, textAt } from '../../payload/json-values';

export type Resource = { [key: string]: Json };

/** The resources of one API group in what `kubectl get -o json` prints: one of them, or a list. Null when others are among them, or none. */
export function resourcesOf(document: Json | undefined, group: RegExp, kinds: readonly string[]): Resource[] | null {
  const isList = Array.isArray(at(document, 'items'));
  const resources = isList ? objectsAt(document, 'items') : document === undefined ? [] : [document as Resource];
  const fits = resources.every(
    (one) => group.test(textAt(one, 'apiVersion') ?? '') && kinds.includes(textAt(one, 'kind') ?? ''),
  );
  if (!fits) return null;
  // An empty list of a kind of the group is one of it; an empty `List` could be of anything.
  const namesGroup = group.test(textAt(document, 'apiVersion') ?? '') || textAt(document, 'kind') === 'List';
  return resources.length > 0 || (isList && namesGroup) ? resources : null;
}

export const nameOf = (resource: Resource): string =>
  [textAt(resource, 'metadata', 'namespace'), textAt(resource, 'metadata', 'name')]
    .filter((part) => part !== null)
    .join('/');
