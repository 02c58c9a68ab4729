import { SetMetadata } from '@nestjs/common';

/** Metadata of a route: who may use it. The access guard denies every route without it. */
export const ACCESS_RULE = 'sonae:access-rule';

/** For everybody, without signing in. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(ACCESS_RULE, 'PUBLIC');
