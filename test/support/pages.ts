import type { Client } from './client';

/** Every item of a list, page by page; `path` holds the query. Fails on a page that is larger than its limit. */
export async function itemsOfAllPages<T>(client: Client, path: string, limit: number): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const next = `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${cursor}`}`;
    const { status, body } = await client.get(next);
    if (status !== 200 || body.items.length > limit) throw new Error(`${next}: ${status} ${JSON.stringify(body)}`);
    items.push(...(body.items as T[]));
    cursor = body.nextCursor as string | null;
  }
  return items;
}
