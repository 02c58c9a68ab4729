import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { TABLE_FORMATS, type TableFormat } from '../../platform/tabular/writing/table-file';

/** What every export of a list is asked with, beside the filters and the sorting of the list. */
export class ExportQuery {
  /** `csv-cp932` writes `?` for what CP932 lacks; `cp932-losses` tells which characters those are, as JSON. */
  @IsIn(TABLE_FORMATS)
  @ApiProperty({ enum: TABLE_FORMATS })
  format: TableFormat;
}
