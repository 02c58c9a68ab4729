import type { EntityManager } from 'typeorm';
import { localDate, localTimeOfDay } from '../../core/time/zone';
import type { NoticeKind } from '../../obligations/notices/notice.entity';
import { tellPeople } from '../../obligations/notices/tell-people';
import type { Drill } from './drill.entity';

interface Telling {
  m: EntityManager;
  at: Date;
  timeZone: string;
  /** Who did it, and need not be told; null for what the service noticed. */
  byId: string | null;
}

type Planned = Pick<Drill, 'id' | 'systemId' | 'title' | 'scheduledAt'>;

/** Asks who is booked and has not confirmed whether they take part, or tells everybody who is booked that the drill is called off. */
export async function tellBooked(
  { m, at, timeZone, byId }: Telling,
  { id, systemId, title, scheduledAt }: Planned,
  organisationId: string,
  kind: 'DRILL_BOOKED' | 'DRILL_CALLED_OFF',
): Promise<void> {
  const booked = await m.query<{ userId: string }[]>(
    `SELECT user_id AS "userId" FROM drill_participant
     WHERE drill_id = $1 AND user_id IS DISTINCT FROM $2 AND ($3 OR acknowledged_at IS NULL)`,
    [id, byId, kind === 'DRILL_CALLED_OFF'],
  );
  const occurrence = `${id}:${scheduledAt.toISOString().replace(/\D/g, '').slice(0, 12)}`;
  const note = `${title} (${localDate(scheduledAt, timeZone)} ${localTimeOfDay(scheduledAt, timeZone)})`;
  await tellPeople(
    m,
    booked.map(({ userId }) => ({
      ...{ userId, kind, occurrence, systemId, systemCount: 1, organisationIds: [organisationId] },
      ...{ path: `/drills/${id}`, note, createdAt: at },
    })),
  );
}

/** Tells who is booked, and who answers for the system, how a run stands; of a run that is left open once a day. */
export async function tellOfRun(
  { m, at, timeZone, byId }: Telling,
  { id, drillId, systemId }: { id: string; drillId: string; systemId: string },
  organisationId: string,
  kind: Extract<NoticeKind, 'DRILL_OPENED' | 'DRILL_LATE' | 'DRILL_LEFT_OPEN'>,
): Promise<void> {
  const people = await m.query<{ userId: string; title: string }[]>(
    `SELECT DISTINCT person.id AS "userId", d.title
     FROM drill d JOIN system s ON s.id = d.system_id
     CROSS JOIN LATERAL (SELECT user_id AS id FROM drill_participant WHERE drill_id = d.id
       UNION VALUES (s.owner_id), (s.deputy_id)) person
     WHERE d.id = $1 AND (d.kind = 'DRILL' OR $3) AND person.id IS NOT NULL AND person.id IS DISTINCT FROM $2`,
    [drillId, byId, kind === 'DRILL_LEFT_OPEN'],
  );
  const occurrence = kind === 'DRILL_LEFT_OPEN' ? `${id}:${localDate(at, timeZone)}` : id;
  await tellPeople(
    m,
    people.map(({ userId, title: note }) => ({
      ...{ userId, kind, occurrence, systemId, systemCount: 1, organisationIds: [organisationId] },
      ...{ path: `/drill-runs/${id}`, note, createdAt: at },
    })),
  );
}
