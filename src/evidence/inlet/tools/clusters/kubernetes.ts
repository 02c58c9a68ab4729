import { type Json } from '../../payload/exact-json';
import { at, objectsAt, textAt } from '../../payload/json-values';

export type Resource = { [key: string]: Json };

/** The resources of one API group in what `kubectl get -o json` prints: one of them, or a list. Null when others are among them, or none. */
export function resourcesOf(document: Json | undefined, group: RegExp, kinds: readonly string[]): Resource[] | null {
  const items = at(document, 'items');
  const isList = Array.isArray(items) || (items === null && /List$/.test(textAt(document, 'kind') ?? ''));
  const resources = isList ? itemsOf(document) : document === undefined ? [] : [document as Resource];
  const fits = resources.every(
    (one) => group.test(textAt(one, 'apiVersion') ?? '') && kinds.includes(textAt(one, 'kind') ?? ''),
  );
  if (!fits) return null;
  // An empty list of a kind of the group is one of it; an empty `List` could be of anything.
  const namesGroup = group.test(textAt(document, 'apiVersion') ?? '') || textAt(document, 'kind') === 'List';
  return resources.length > 0 || (isList && namesGroup) ? resources : null;
}

/** A list of one kind leaves it to its own name what its items are, where a program made the list (`velero backup get a b`). */
function itemsOf(document: Json | undefined): Resource[] {
  const [, kind] = /^(\w+)List$/.exec(textAt(document, 'kind') ?? '') ?? [];
  const apiVersion = textAt(document, 'apiVersion');
  return objectsAt(document, 'items').map((item) => (kind && apiVersion ? { apiVersion, kind, ...item } : item));
}

export const nameOf = (resource: Resource): string =>
  [textAt(resource, 'metadata', 'namespace'), textAt(resource, 'metadata', 'name')]
    .filter((part) => part !== null)
    .join('/');
