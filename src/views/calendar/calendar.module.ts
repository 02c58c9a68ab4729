import { Module } from '@nestjs/common';
import { ObligationsModule } from '../../obligations/obligations.module';
import { CalendarController } from './calendar.controller';
import { CalendarQueries } from './calendar.queries';

@Module({ imports: [ObligationsModule], controllers: [CalendarController], providers: [CalendarQueries] })
export class CalendarModule {}
