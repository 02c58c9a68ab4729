import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** An address that an API token has been used from; the first use from each is an audit event. */
@Entity('api_token_address')
export class ApiTokenAddress {
  @ForeignKey('api_token', { name: 'fk_api_token_address_token', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid')
  tokenId: string;

  @PrimaryColumn('text')
  address: string;

  @Column('timestamptz')
  firstUsedAt: Date;
}
