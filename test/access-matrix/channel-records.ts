import { newId } from '../../src/platform/database/id';
import type { Records } from './records';

type Maker = () => Promise<string>;

/** Channels that can be tried without anything leaving this machine, and a message that no receiver would take. */
export function channelMakers(records: Records): Readonly<Record<string, Maker>> {
  const channel = async (kind: string, address: string): Promise<string> => {
    const admin = await records.app.as(records.home.admin);
    const named = { organisationId: records.organisationId, name: records.name() };
    const { status, body } = await admin.post('/channels', { ...named, kind, locale: 'ja', address });
    if (status !== 201) throw new Error(`No channel: ${status} ${JSON.stringify(body)}`);
    return body.id as string;
  };
  return {
    '/channels': () => channel('MAIL', 'record@sonae.example'),
    '/channels/{id}/rotate': () => channel('WEBHOOK', 'https://hooks.invalid/record'),
    '/channel-messages': async () => {
      const [id, channelId] = [newId(), await channel('MAIL', 'record@sonae.example')];
      await records.app.database.query(
        `INSERT INTO channel_message (id, channel_id, told_on, status, title, attempts, error, created_at)
         VALUES ($1, $2, '2026-11-23', 'FAILED', $3, 9, 'HTTP 500', now())`,
        [id, channelId, records.name()],
      );
      return id;
    },
  };
}
