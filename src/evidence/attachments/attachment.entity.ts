import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';

/** A file beside a restore test (復元試験の添付ファイル). Never edited nor removed. */
@Entity('restore_test_attachment')
@Unique('uq_restore_test_attachment_content', ['restoreTestId', 'sha256'])
@Check('ck_restore_test_attachment_size', 'octet_length(content) BETWEEN 1 AND 5242880')
export class RestoreTestAttachment {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('restore_test', { name: 'fk_restore_test_attachment_test' })
  @Column('uuid')
  restoreTestId: string;

  /** Without folders and control characters. */
  @Column('text')
  fileName: string;

  @Column('text')
  mediaType: string;

  @Column('text')
  sha256: string;

  @Column('bytea')
  content: Buffer;

  @ForeignKey('app_user', { name: 'fk_restore_test_attachment_added_by' })
  @Column('uuid')
  addedById: string;

  @Column('timestamptz')
  addedAt: Date;
}
