import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module';
import { AccessGuard, RouteCheck } from './access.guard';
import { ConfirmationService } from './factors/confirmation.service';
import { FactorsController } from './factors/factors.controller';
import { FactorsQueries } from './factors/factors.queries';
import { FactorsService } from './factors/factors.service';
import { OwnPasskeysController } from './factors/passkeys/own-passkeys.controller';
import { PasskeyChallenges } from './factors/passkeys/passkey-challenges';
import { PasskeySignInController } from './factors/passkeys/passkey-sign-in.controller';
import { PasskeySignInService } from './factors/passkeys/passkey-sign-in.service';
import { Passkeys } from './factors/passkeys/passkeys';
import { RecoveryCodes } from './factors/recovery/recovery-codes';
import { SecuritySettingsController } from './factors/requirement/security-settings.controller';
import { SecuritySettingsService } from './factors/requirement/security-settings.service';
import { SecondFactorController } from './factors/second-factor.controller';
import { SecondFactorService } from './factors/second-factor.service';
import { TotpFactors } from './factors/totp/totp-factors';
import { OidcAccounts } from './oidc/account/oidc-accounts';
import { GroupMappingsController } from './oidc/groups/group-mappings.controller';
import { GroupMappingsService } from './oidc/groups/group-mappings.service';
import { GroupRoles } from './oidc/groups/group-roles';
import { OidcLogoutService } from './oidc/logout/oidc-logout.service';
import { OidcClient } from './oidc/oidc-client';
import { OidcController } from './oidc/oidc.controller';
import { OidcSignInService } from './oidc/oidc-sign-in.service';
import { MailLinksService } from './mail-links/mail-links.service';
import { OwnSessionsController } from './sessions/own-sessions.controller';
import { OwnSessionsService } from './sessions/own-sessions.service';
import { SessionCookie } from './sessions/session-cookie';
import { SessionsService } from './sessions/sessions.service';
import { AuthController } from './sign-in/auth.controller';
import { MeController } from './sign-in/me.controller';
import { MeQueries } from './sign-in/me.queries';
import { MeService } from './sign-in/me.service';
import { SignInService } from './sign-in/sign-in.service';
import { SignInThrottle } from './sign-in/sign-in-throttle';
import { TokenActors } from './tokens/token-actors';
import { TokensController } from './tokens/tokens.controller';
import { TokensQueries } from './tokens/tokens.queries';
import { TokensService } from './tokens/tokens.service';
import { ErasureService } from './users/erasure.service';
import { FactorResetService } from './users/factor-reset.service';
import { UsersController } from './users/users.controller';
import { UsersQueries } from './users/users.queries';
import { UsersService } from './users/users.service';

@Module({
  imports: [AuditModule, DiscoveryModule],
  controllers: [
    AuthController,
    SecondFactorController,
    FactorsController,
    SecuritySettingsController,
    OwnPasskeysController,
    PasskeySignInController,
    OidcController,
    GroupMappingsController,
    MeController,
    OwnSessionsController,
    TokensController,
    UsersController,
  ],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    RouteCheck,
    SessionsService,
    SessionCookie,
    OwnSessionsService,
    SignInThrottle,
    FactorsQueries,
    FactorsService,
    SecondFactorService,
    ConfirmationService,
    TotpFactors,
    SecuritySettingsService,
    RecoveryCodes,
    Passkeys,
    PasskeyChallenges,
    PasskeySignInService,
    SignInService,
    OidcClient,
    OidcSignInService,
    OidcLogoutService,
    OidcAccounts,
    GroupMappingsService,
    GroupRoles,
    MeService,
    MeQueries,
    TokenActors,
    TokensService,
    TokensQueries,
    UsersService,
    UsersQueries,
    FactorResetService,
    ErasureService,
    MailLinksService,
  ],
  exports: [SessionsService, UsersService, MailLinksService],
})
export class AccessModule {}
