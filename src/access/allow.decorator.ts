import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiCookieAuth, ApiExtension } from '@nestjs/swagger';
import { ACCESS_RULE } from '../platform/http/public.decorator';
import type { Permission } from './permissions';

export { ACCESS_RULE, Public } from '../platform/http/public.decorator';

/** Who may use a route. */
export type AccessRule = 'PUBLIC' | 'SIGNED_IN' | { permission: Permission };

const rule = (value: AccessRule): MethodDecorator & ClassDecorator => SetMetadata(ACCESS_RULE, value);

/** For people who have `permission` somewhere; where exactly is the business of the query or the service. */
export const Allow = (permission: Permission): MethodDecorator & ClassDecorator =>
  applyDecorators(rule({ permission }), ApiCookieAuth(), ApiExtension('x-permission', permission));

/** For everybody who is signed in, whatever their roles. */
export const SignedIn = (): MethodDecorator & ClassDecorator => applyDecorators(rule('SIGNED_IN'), ApiCookieAuth());
