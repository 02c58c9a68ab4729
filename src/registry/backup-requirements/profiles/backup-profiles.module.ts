import { Module } from '@nestjs/common';
import { AuditModule } from '../../../audit/audit.module';
import { ObligationsModule } from '../../../obligations/obligations.module';
import { AttachProfileService } from './attach-profile.service';
import { BackupProfilesController } from './backup-profiles.controller';
import { BackupProfilesQueries } from './backup-profiles.queries';
import { BackupProfilesService } from './backup-profiles.service';
import { ProfileEffects } from './profile-effects';

@Module({
  imports: [AuditModule, ObligationsModule],
  controllers: [BackupProfilesController],
  providers: [BackupProfilesService, AttachProfileService, ProfileEffects, BackupProfilesQueries],
})
export class BackupProfilesModule {}
