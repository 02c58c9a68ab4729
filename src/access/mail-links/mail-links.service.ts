import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import { Problem } from '../../platform/http/problem';
import type { Actor } from '../actor';
import { hashOfSecret } from '../secrets/secret';
import { CONTRIBUTES_ONLY, LINK_PREFIX } from './issue-mail-links';
import { MailLink } from './mail-link.entity';

/** The matter of the obligation that a link opens: what a proof through it has to be about. */
export interface LinkedMatter {
  obligationId: string;
  systemId: string;
  ruleKey: string;
  evidenceKind: string;
  subject: string | null;
  backupRequirementId: string | null;
}

/** A link as it stands now: who acts, and about what. */
export interface OpenedLink extends LinkedMatter {
  actor: Actor;
}

type Row = LinkedMatter & Omit<Actor, 'requestId'> & { linkId: string; organisationId: string };

/**
 * Finds what a link in a mail opens. It has ended when it is over time, when a proof has moved the due day, when the person no
 * longer owns the system, has another role than that of a contributor or is gone, and when a newer mail took its place.
 */
@Injectable()
export class MailLinksService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 MAIL_LINK_OVER for a link that has ended or never was. */
  async find(secret: string): Promise<OpenedLink> {
    const { linkId: _linkId, organisationId: _organisationId, ...found } = await this.row(secret);
    return this.opened(found);
  }

  /** The same, on record: somebody has come by the link. */
  async open(secret: string): Promise<OpenedLink> {
    const { linkId, organisationId, ...found } = await this.row(secret);
    const opened = this.opened(found);
    await this.dataSource.transaction(async (m) => {
      await m.update(MailLink, { id: linkId }, { lastOpenedAt: this.clock.now() });
      await this.audit.record(m, opened.actor, {
        action: 'mail_link.opened',
        recordType: 'obligation',
        recordId: found.obligationId,
        organisationId,
        after: { systemId: found.systemId, ruleKey: found.ruleKey },
      });
    });
    return opened;
  }

  private opened({
    userId,
    locale,
    timeZone,
    calendar,
    roles,
    ...matter
  }: Omit<Row, 'linkId' | 'organisationId'>): OpenedLink {
    return { ...matter, actor: { userId, locale, timeZone, calendar, roles, requestId: null } };
  }

  private async row(secret: string): Promise<Row> {
    const hash = hashOfSecret(LINK_PREFIX, secret);
    const [row] =
      hash === null
        ? []
        : ((await this.dataSource.query(
            `SELECT l.id AS "linkId", l.obligation_id AS "obligationId", o.system_id AS "systemId", o.rule_key AS "ruleKey",
               o.action->>'evidenceKind' AS "evidenceKind", o.action->>'subject' AS subject,
               coalesce((o.action->>'backupRequirementId')::uuid, o.backup_requirement_id) AS "backupRequirementId", s.organisation_id AS "organisationId",
               u.id AS "userId", u.locale, u.time_zone AS "timeZone", u.calendar,
               (SELECT jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', r.organisation_id))
                FROM role_assignment r WHERE r.user_id = u.id) AS roles
             FROM mail_link l JOIN app_user u ON u.id = l.user_id JOIN obligation o ON o.id = l.obligation_id
             JOIN system s ON s.id = o.system_id
             WHERE l.secret_hash = $1 AND l.expires_at > $2 AND u.active AND ${CONTRIBUTES_ONLY}
               AND u.id IN (s.owner_id, s.deputy_id) AND o.occasion->>'occurrence' = l.occurrence
               AND o.action->>'evidenceKind' IS NOT NULL`,
            [hash, this.clock.now()],
          )) as Row[]);
    if (!row) throw new Problem(404, 'MAIL_LINK_OVER');
    return row;
  }
}
