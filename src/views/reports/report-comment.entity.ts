import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** What somebody says about a report, beside it. Append-only. */
@Entity('report_comment')
@Index('ix_report_comment_report', ['reportId', 'at', 'id'])
export class ReportComment {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('report', { name: 'fk_report_comment_report' })
  @Column('uuid')
  reportId: string;

  @ForeignKey('app_user', { name: 'fk_report_comment_author' })
  @Column('uuid')
  authorId: string;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  text: string;
}
