import { addMonths } from '../../src/core/time/civil-date';
import { ReportMaker } from '../../src/views/reports/making/report-maker';
import { MARK, type Records } from './records';

let months = 0;

/** A day of a month that nobody has asked for a report on. */
export function unreportedDay(): string {
  months += 1;
  return addMonths('2026-10-15', -months);
}

/** Reports that the worker has made. */
export function reportMakers(records: Records): Readonly<Record<string, () => Promise<string>>> {
  const draft = async (): Promise<string> => {
    const manager = await records.app.as(records.home.manager);
    const asked = { organisationId: records.organisationId, periodKind: 'MONTH', on: unreportedDay() };
    const { body } = await manager.post('/reports', asked);
    await records.app.app.get(ReportMaker, { strict: false }).run(body.id as string);
    await manager.post(`/reports/${body.id}/comments`, { text: MARK });
    return body.id as string;
  };
  return {
    '/reports': draft,
    '/reports/{id}/acknowledge': async () => {
      const id = await draft();
      await (await records.app.as(records.home.manager)).post(`/reports/${id}/submit`, {});
      return id;
    },
  };
}
