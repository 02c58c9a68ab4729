import { ApiProperty, OmitType } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import { AUDIT_ACTIONS, type AuditAction } from '../../audit-actions';
import { CHAIN_FAULTS, type ChainFault } from '../../chain/chain-hash';

const FIELDS = { type: 'object', additionalProperties: true, nullable: true } as const;

export class AuditToken {
  @ApiProperty({ format: 'uuid' })
  id: string;

  /** Null when it is gone. */
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
}

/** Who acted, and with which API token when it was a program that acted for them. */
export class AuditActor extends PersonRef {
  @ApiProperty({ type: AuditToken, nullable: true })
  token: AuditToken | null;
}

/** One event, with the names that people and records have today. */
export class AuditEventResponse {
  id: string;

  /** Its place in the chain. */
  seq: number;

  /** Its hash there, which stands for every event up to it. */
  hash: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at: string;

  /** Null for what the service did by itself, and for somebody who is not known any more. */
  @ApiProperty({ type: AuditActor, nullable: true })
  actor: AuditActor | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  actorId: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  onBehalfOf: PersonRef | null;

  /** The job or command of the service that acted: `job:imports.systems`, `cli:create-admin`; null for a request. */
  @ApiProperty({ type: String, nullable: true })
  program: string | null;

  @ApiProperty({ enum: AUDIT_ACTIONS })
  action: AuditAction;

  recordType: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  recordId: string | null;

  /** What the record is called today; null when it has no name or is gone. */
  @ApiProperty({ type: String, nullable: true })
  recordName: string | null;

  /** The same in English, where it has such a name. */
  @ApiProperty({ type: String, nullable: true })
  recordNameEn: string | null;

  /** The system that the record is or belongs to. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  systemId: string | null;

  @ApiProperty({ type: OrganisationRef, nullable: true })
  organisation: OrganisationRef | null;

  /** The changed fields as they were. */
  @ApiProperty(FIELDS)
  before: Record<string, unknown> | null;

  /** The changed fields as they became. */
  @ApiProperty(FIELDS)
  after: Record<string, unknown> | null;

  /** Where the request came from. */
  @ApiProperty({ type: String, nullable: true })
  address: string | null;

  @ApiProperty({ type: String, nullable: true })
  requestId: string | null;

  /** Whether a part of it was erased with a person. */
  personalErased: boolean;
}

/** An event as the readers of its record see it: without where the request came from, and without the chain. */
export class HistoryEvent extends OmitType(AuditEventResponse, [
  'seq',
  'hash',
  'address',
  'requestId',
  'personalErased',
] as const) {}

export class HistoryPage {
  items: HistoryEvent[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class AuditEventPage {
  items: AuditEventResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class ChainHeadResponse {
  seq: number;
  hash: string;
}

export class BrokenLinkResponse {
  /** Place in the chain; null for an event that has none. */
  @ApiProperty({ type: 'integer', nullable: true })
  seq: number | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  eventId: string | null;

  @ApiProperty({ enum: CHAIN_FAULTS })
  reason: ChainFault;

  /** The reason in the caller's language. */
  message: string;
}

export class ChainVerdictResponse {
  valid: boolean;
  events: number;
  links: number;

  /** Written down elsewhere, it later proves that nothing was cut off the end. */
  @ApiProperty({ type: ChainHeadResponse, nullable: true })
  head: ChainHeadResponse | null;

  @ApiProperty({ type: BrokenLinkResponse, nullable: true })
  firstBroken: BrokenLinkResponse | null;
}
