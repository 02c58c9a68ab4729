import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Role, SecuritySettings } from '../../api/types';
import { EmptyState, Loaded, Notice } from '../../ui/feedback';
import { CheckField } from '../../ui/form/choice';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { Merging, useReadVersion } from '../../ui/merge/merging';
import { PageHeader, Section } from '../../ui/page';
import { announce } from '../../ui/toast';
import { ROLES } from '../people/roles';
import { useMe, usePermission } from '../session/session';
import { securityQuery } from './security-queries';

/** What the installation asks of its people's sign-in. */
export function SecurityPage() {
  const { t } = useTranslation();
  const may = usePermission();
  const settings = useQuery(securityQuery);
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('security.title')} />
      <Section title={t('security.factors')}>
        <p className="mb-4 text-soft">{t('security.factorsText')}</p>
        <Loaded query={settings}>
          {({ value, etag }) =>
            may('security:write') ? (
              <RolesForm key={etag} settings={value} etag={etag} />
            ) : value.secondFactorRoles.length === 0 ? (
              <EmptyState title={t('security.nobody')} />
            ) : (
              <ul className="list-disc ps-6">
                {ROLES.filter((role) => value.secondFactorRoles.includes(role)).map((role) => (
                  <li key={role}>{t(`domain:role.${role}`)}</li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
    </div>
  );
}

function RolesForm({ settings, etag }: { settings: SecuritySettings; etag: string | null }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries(securityQuery);
  const read = useReadVersion(askedOf(settings.secondFactorRoles as Role[]), etag);
  const newest = async () => {
    const now = await api.getTagged<SecuritySettings>('/security-settings');
    return { values: askedOf(now.value.secondFactorRoles as Role[]), etag: now.etag };
  };
  const form = useForm({
    initial: { secondFactorRoles: settings.secondFactorRoles as Role[] },
    save: (values) => api.put<SecuritySettings>('/security-settings', values, read.current.etag),
    onSaved: () => {
      announce(t('security.saved'));
      void refresh();
    },
  });
  const { secondFactorRoles: chosen } = form.values;
  const merging = {
    ...{ values: askedOf(chosen), stale: form.stale, dismissStale: form.dismissStale },
    resubmit: (asked: Record<Role, boolean>) =>
      form.resubmit({ secondFactorRoles: ROLES.filter((role) => asked[role]) }),
  };
  const choose = (role: Role, does: boolean) =>
    form.set('secondFactorRoles', does ? [...chosen, role] : chosen.filter((each) => each !== role));
  const own = me.roles.some(({ role }) => chosen.includes(role));
  return (
    <>
      <Form
        {...form}
        labels={{ secondFactorRoles: t('security.roles') }}
        onSubmit={form.submit}
        submit={t('action.save')}
      >
        <fieldset id="field-secondFactorRoles">
          <legend className="mb-1 font-700">{t('security.roles')}</legend>
          <div className="grid gap-x-4 sm:grid-cols-2">
            {ROLES.map((role) => (
              <CheckField key={role} value={chosen.includes(role)} onChange={(does) => choose(role, does)}>
                {t(`domain:role.${role}`)}
              </CheckField>
            ))}
          </div>
        </fieldset>
        {own && <Notice>{t('security.own')}</Notice>}
      </Form>
      <Merging
        {...{ read, newest }}
        form={merging}
        labels={Object.fromEntries(ROLES.map((role) => [role, t(`domain:role.${role}`)]))}
        show={(_role, asked) => t(asked ? 'form.yes' : 'form.no')}
        onReload={() => void refresh()}
      />
    </>
  );
}

/** For each role whether it is asked for a second factor, so that each is chosen by itself. */
const askedOf = (roles: readonly Role[]) =>
  Object.fromEntries(ROLES.map((role) => [role, roles.includes(role)])) as Record<Role, boolean>;
