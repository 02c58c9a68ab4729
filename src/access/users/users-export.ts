import type { ExportedList } from '../../audit/exports/list-export';
import { message } from '../../platform/messages/messages';
import type { UserResponse } from './dto/user.response';

/** People as a file, in the order of their page. */
export const USERS_EXPORT: ExportedList<UserResponse> = {
  name: 'users',
  columns: [
    { key: 'displayName', value: ({ displayName }) => displayName },
    { key: 'email', value: ({ email }) => email },
    {
      key: 'roles',
      value: ({ roles }, { locale }) =>
        roles
          .map(({ role, organisationName, organisationNameEn }) => {
            const where = (locale === 'en' && organisationNameEn) || organisationName;
            return `${message(locale, `role.${role}`)} (${where})`;
          })
          .join('; '),
    },
    { key: 'active', value: ({ active }) => active },
    { key: 'canSignIn', value: ({ canSignIn, active }) => canSignIn && active },
  ],
};
