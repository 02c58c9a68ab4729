import type { Json } from '../../payload/exact-json';
import { at, objectsAt, textAt } from '../../payload/json-values';
import type { ToolOutput } from '../../payload/tool-output';
import { SubmissionRefused } from '../../reading/refused';

export type Resource = { [key: string]: Json };

/** Kinds of resources of one API group. */
export interface ResourceKinds {
  group: string;
  kinds: readonly string[];
}

const isOf = (apiVersion: string | null, group: string): boolean => apiVersion?.startsWith(`${group}/`) ?? false;

/** Where a resource in YAML says of what it is: at the edge, or as an item of a list. */
const API_VERSION = /^ {0,4}(?:- )?apiVersion: *["']?([\w./-]+)/gm;
const isYaml = ({ document, stdout }: ToolOutput): boolean =>
  document === undefined && /^(?:apiVersion|kind): *\S/m.test(stdout) && stdout.search(API_VERSION) >= 0;

/** Whether an output is of resources of one API group, as JSON or YAML; also where it seems to be and cannot be read, so that it is refused for that. */
export function holdsResources(output: ToolOutput, wanted: ResourceKinds): boolean {
  if (!isYaml(output)) return resourcesOf(output.document, wanted) !== null;
  try {
    return resourcesInYaml(output, wanted) !== null;
  } catch (error) {
    if (!(error instanceof SubmissionRefused)) throw error;
    return [...output.stdout.matchAll(API_VERSION)].some(([, version = '']) => isOf(version, wanted.group));
  }
}

/** The resources of one API group in what `kubectl get` prints with `-o json` or `-o yaml`. Throws SubmissionRefused when there is anything else. */
export function requireResources(output: ToolOutput, wanted: ResourceKinds): Resource[] {
  const resources = isYaml(output) ? resourcesInYaml(output, wanted) : resourcesOf(output.requireDocument(), wanted);
  if (resources) return resources;
  throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_RESOURCES', {
    group: wanted.group,
    kinds: wanted.kinds.join(', '),
  });
}

/** Several documents hold what one list would. A list names its kind behind its items: without it, it was cut. */
function resourcesInYaml(output: ToolOutput, wanted: ResourceKinds): Resource[] | null {
  const documents = output.requireYaml();
  const cut = documents.find((document) => at(document, 'items') !== undefined && !textAt(document, 'kind'));
  if (cut) throw new SubmissionRefused('TRUNCATED', 'LIST_CUT');
  const found = documents.map((document) => resourcesOf(document, wanted));
  return documents.length > 0 && found.every((resources) => resources !== null) ? found.flat() : null;
}

/** The resources of one API group in what `kubectl get -o json` prints: one of them, or a list. Null when others are among them, or none. */
function resourcesOf(document: Json | undefined, { group, kinds }: ResourceKinds): Resource[] | null {
  const items = at(document, 'items');
  const isList = Array.isArray(items) || (items === null && /List$/.test(textAt(document, 'kind') ?? ''));
  const resources = isList ? itemsOf(document) : document === undefined ? [] : [document as Resource];
  const fits = resources.every(
    (one) => isOf(textAt(one, 'apiVersion'), group) && kinds.includes(textAt(one, 'kind') ?? ''),
  );
  if (!fits) return null;
  // An empty list of a kind of the group is one of it; an empty `List` could be of anything.
  const namesGroup = isOf(textAt(document, 'apiVersion'), group) || textAt(document, 'kind') === 'List';
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
