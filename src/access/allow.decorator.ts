import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension } from '@nestjs/swagger';
import { ACCESS_RULE } from '../platform/http/public.decorator';
import type { Permission } from './permissions';

export { ACCESS_RULE, Public } from '../platform/http/public.decorator';

/** Who may use a route. */
export type AccessRule = 'PUBLIC' | 'FACTOR_NEEDED' | 'SIGNED_IN' | { permission: Permission };

const rule = (value: AccessRule): MethodDecorator & ClassDecorator => SetMetadata(ACCESS_RULE, value);

/** For people who have `permission` somewhere; where exactly is the business of the query or the service. */
export const Allow = (permission: Permission): MethodDecorator & ClassDecorator =>
  applyDecorators(rule({ permission }), ApiCookieAuth(), ApiBearerAuth(), ApiExtension('x-permission', permission));

/** For everybody who is signed in, whatever their roles. It is about the person, so an API token is refused. */
export const SignedIn = (): MethodDecorator & ClassDecorator => applyDecorators(rule('SIGNED_IN'), ApiCookieAuth());

/** Also for who has shown the password and not yet the second factor; the service refuses everybody else. */
export const AwaitingFactor = (): MethodDecorator & ClassDecorator =>
  applyDecorators(rule('FACTOR_NEEDED'), ApiCookieAuth());

/** Metadata of a route that is open however far the sign-in has come. */
export const IN_EVERY_STATE = 'sonae:in-every-state';

/** Beside `@SignedIn`, for leaving: also who still owes a second factor may. */
export const InEveryState = (): MethodDecorator => SetMetadata(IN_EVERY_STATE, true);

/** Metadata of a route that is open to who must set up a second factor first. */
export const BEFORE_ENROLMENT = 'sonae:before-enrolment';

/** Beside `@SignedIn`, for what setting up a second factor needs. */
export const BeforeEnrolment = (): MethodDecorator & ClassDecorator => SetMetadata(BEFORE_ENROLMENT, true);

/** Metadata of a route that a person uses, and no program. */
export const IN_PERSON = 'sonae:in-person';

/** Beside `@Allow`, for what an API token may not do whatever its scopes, such as setting somebody's password. */
export const InPerson = (): MethodDecorator => SetMetadata(IN_PERSON, true);
