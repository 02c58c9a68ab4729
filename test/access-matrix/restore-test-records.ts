import type { Records } from './records';
import { MARK } from './records';

/** Restore tests, and the files beside them. */
export function restoreTestMakers(records: Records): Readonly<Record<string, () => Promise<string>>> {
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await (await records.app.as(records.home.owner)).ask('POST', path, { body });
    if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.id as string;
  };
  return {
    '/restore-tests': async () => {
      const times = { startedAt: '2026-11-22T05:00:00Z', finishedAt: '2026-11-22T06:00:00Z' };
      return made(`/systems/${await records.system()}/restore-tests`, { restored: MARK, fromCopy: MARK, ...times });
    },
    '/attachments': async () => {
      const body = new FormData();
      body.set('file', new Blob([MARK]), 'made.txt');
      return made(`/restore-tests/${await records.of('/restore-tests/{id}')}/attachments`, body);
    },
  };
}
