import { AuditLog } from '../../../src/audit/audit-log';
import { ImprovementItem } from '../../../src/registry/improvements/improvement-item.entity';
import { type NewItem, openItem } from '../../../src/registry/improvements/open-item';
import type { Writing } from './facts';

/** Opens an improvement item of a system, or of the first agency for itself, as the owner. Answers its id. */
export async function improve(centre: Writing, systemId: string | null, item: Partial<NewItem> = {}): Promise<string> {
  const { clock, config, dataSource, ledger, world } = centre;
  const actor = {
    userId: world.people.owner,
    locale: 'ja',
    timeZone: config.TZ_DEFAULT,
    roles: [],
    requestId: null,
  } as const;
  return dataSource.transaction((m) =>
    openItem(
      { m, ledger, audit: new AuditLog(clock), actor, now: clock.now(), timeZone: config.TZ_DEFAULT },
      { systemId, organisationId: world.organisations.agency, source: 'DRILL', title: '連絡先を直す', ...item },
    ),
  );
}

/** Ends an item without a proof, as the manager. */
export async function cancelItem(centre: Writing, id: string): Promise<void> {
  await centre.dataSource.transaction(async (m) => {
    const ended = { endedById: centre.world.people.manager, endedAt: centre.clock.now(), comment: '重複' };
    await m.update(ImprovementItem, { id }, { status: 'CANCELLED', ...ended });
    const { systemId, organisationId } = await m.findOneByOrFail(ImprovementItem, { id });
    if (systemId) await centre.ledger.refresh(m, [systemId]);
    if (organisationId) await centre.ledger.refreshOrganisations(m, [organisationId]);
  });
}
