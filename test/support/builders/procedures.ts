import type { TestApp } from '../app';
import type { Answer, Client } from '../client';

/** Three steps, written in another order than they are done in. */
export const CONTENT = {
  markdown: '# 復旧手順\n\n1. 連絡',
  steps: [
    { key: 'restore', title: '復元', role: '', instructions: '', plannedMinutes: 90, dependsOn: ['network'] },
    { key: 'network', title: '回線確認', role: '運用担当', location: '東京', plannedMinutes: 15, dependsOn: [] },
    { key: 'notify', title: '連絡', dependsOn: [] },
  ],
  contacts: [
    {
      name: '運用 さくら',
      role: '担当',
      phone: '03-0000-0000',
      email: 'sakura@sonae.example',
      confirmedOn: '2026-11-01',
    },
  ],
};

/** Asks for a new procedure of a system. */
export function writeProcedure(by: Client, systemId: string, more: object = {}): Promise<Answer> {
  return by.post(`/systems/${systemId}/procedures`, { title: '全面復旧', ...CONTENT, ...more });
}

/** Asks for a step of a version: submit, approve or return. */
export function actOn(versionId: string, step: string, by: Client, body: object = {}): Promise<Answer> {
  return by.post(`/procedure-versions/${versionId}/${step}`, body);
}

/** A procedure in force, written by the owner and approved by the manager: the approved version. */
export async function approvedProcedure(app: TestApp, systemId: string): Promise<Answer['body']> {
  const owner = await app.as('owner');
  const { body } = await writeProcedure(owner, systemId);
  await actOn(body.id, 'submit', owner);
  return (await actOn(body.id, 'approve', await app.as('manager'))).body;
}

/** The proofs of a system as they are stored, oldest first. */
export function evidenceOf(app: TestApp, systemId: string): Promise<object[]> {
  return app.database.query<object>(
    `SELECT kind, subject, outcome, strength, source, performer_id AS "performerId", performed_at AS "performedAt", note, link
     FROM evidence WHERE system_id = $1 ORDER BY id`,
    [systemId],
  );
}
