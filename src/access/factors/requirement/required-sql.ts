/** The SQL condition that the person at the placeholder or column `userId` holds a role that is not used without a second factor. */
export function requiresFactor(userId: string): string {
  return `EXISTS (SELECT FROM role_assignment held JOIN security_settings asked ON held.role = ANY(asked.second_factor_roles)
    WHERE held.user_id = ${userId})`;
}
