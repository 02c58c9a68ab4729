import { ApiProperty } from '@nestjs/swagger';
import type { Inspection } from '../reading/inspect-table';
import type { SuggestedMapping } from '../reading/suggest-mapping';

export class SheetResponse {
  name: string;
  hidden: boolean;
}

/** What a file holds, before it is mapped. */
export class InspectionResponse implements Inspection {
  @ApiProperty({ enum: ['csv', 'xlsx'] })
  format: 'csv' | 'xlsx';

  /** Text files only. */
  @ApiProperty({ type: String, nullable: true })
  encoding: string | null;

  /** Text files only. */
  @ApiProperty({ type: String, nullable: true })
  delimiter: string | null;

  /** Workbooks only. */
  @ApiProperty({ type: [SheetResponse], nullable: true })
  sheets: SheetResponse[] | null;

  /** The sheet that was read. */
  @ApiProperty({ type: String, nullable: true })
  sheet: string | null;

  columns: string[];
  rows: number;

  /** The first 20 rows by column. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: { type: 'string' } } })
  sample: Record<string, string>[];

  /** Values with their counts, of the columns that have at most 60 different ones. */
  @ApiProperty({
    type: 'object',
    additionalProperties: {
      type: 'array',
      items: { type: 'object', properties: { value: { type: 'string' }, count: { type: 'integer' } } },
    },
  })
  distinct: Record<string, { value: string; count: number }[]>;

  /** A guess by the header, for a person to check. What the values of a column mean is never guessed. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  suggestedMapping: SuggestedMapping;
}
