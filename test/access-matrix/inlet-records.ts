import { MARK } from './records';
import type { Records } from './records';

const SHRUNK = { code: 'SIZE_SHRUNK', params: { lastAt: '2026-11-22T17:30:00Z', bytes: 1 } };

/** Inlets, and what has come in at them. */
export function inletMakers(records: Records): Readonly<Record<string, () => Promise<string>>> {
  const inlet = async (): Promise<{ id: string; url: string }> => {
    const schedule = { timeZone: 'Asia/Tokyo', scheduleKind: 'INTERVAL', schedule: 'P1D', grace: 'PT1H' };
    const requirement = await records.of('/backup-requirements/{id}');
    const owner = await records.app.as(records.home.owner);
    const made = await owner.post(`/backup-requirements/${requirement}/inlets`, { name: MARK, ...schedule });
    if (made.status !== 201) throw new Error(`No inlet: ${made.status} ${JSON.stringify(made.body)}`);
    return { id: made.body.id as string, url: made.body.url as string };
  };
  return {
    '/inlets/{id}/accept-size': async () => {
      const { id } = await inlet();
      await records.app.database.query('UPDATE inlet SET unusual = $2 WHERE id = $1', [id, JSON.stringify(SHRUNK)]);
      return id;
    },
    '/inlets': async () => (await inlet()).id,
    /** A signal, as a program sends it. */
    '/submissions': async () => {
      const { id, url } = await inlet();
      await fetch(url, { method: 'POST' });
      const { body } = await (await records.app.as(records.home.owner)).get(`/inlets/${id}/submissions`);
      return body.items[0].id as string;
    },
  };
}
