import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { IssuedApiToken, Permission } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { CheckField } from '../../ui/form/choice';
import { ErrorText, fieldId, LABEL, RequiredMark, TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { OrganisationField } from '../organisations/organisation-field';
import { useMe, usePermission } from '../session/session';

interface TokenDraft {
  name: string;
  scopes: Permission[];
  organisationId: string;
  expiresOn: string;
}

interface NewTokenProps {
  onIssued: (token: IssuedApiToken) => void;
  onClose: () => void;
}

/** Makes a token that may do some of what the person may. */
export function NewTokenDialog({ onIssued, onClose }: NewTokenProps) {
  const { t } = useTranslation();
  const may = usePermission();
  const form = useForm<TokenDraft, IssuedApiToken>({
    initial: { name: '', scopes: [], organisationId: '', expiresOn: '' },
    required: () => ['name', 'expiresOn'],
    save: ({ organisationId, ...rest }) => api.post('/api-tokens', { ...rest, organisationId: organisationId || null }),
    onSaved: onIssued,
  });
  const labels = {
    name: t('tokens.name'),
    scopes: t('tokens.scopes'),
    organisationId: t('tokens.organisation'),
    expiresOn: t('tokens.expiresOn'),
  };
  return (
    <Dialog title={t('tokens.create')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('tokens.createSubmit')} onCancel={onClose}>
        <TextField {...form.bind('name')} label={labels.name} hint={t('tokens.nameHint')} />
        <ScopesField {...form.bind('scopes')} label={labels.scopes} />
        {may('organisations:read') && (
          <OrganisationField
            {...form.bind('organisationId')}
            label={labels.organisationId}
            hint={t('tokens.organisationHint')}
            placeholder={t('tokens.everywhere')}
          />
        )}
        <TextField {...form.bind('expiresOn')} label={labels.expiresOn} type="date" hint={t('tokens.expiresHint')} />
      </Form>
    </Dialog>
  );
}

interface ScopesProps {
  label: string;
  value: Permission[];
  onChange: (scopes: Permission[]) => void;
  error: string | undefined;
}

/** What the person may do, in words: what only reads apart from what changes something. */
function ScopesField({ label, value, onChange, error }: ScopesProps) {
  const { t } = useTranslation();
  const { permissions } = useMe();
  const isReading = (scope: Permission) => scope.endsWith(':read');
  const groups = [
    { title: t('tokens.reading'), scopes: permissions.filter(isReading) },
    { title: t('tokens.changing'), scopes: permissions.filter((scope) => !isReading(scope)) },
  ];
  return (
    <fieldset id={fieldId('scopes')}>
      <legend className={LABEL}>
        {label}
        <RequiredMark />
      </legend>
      {groups
        .filter(({ scopes }) => scopes.length > 0)
        .map(({ title, scopes }) => (
          <div key={title} role="group" aria-label={title} className="mb-2">
            <p className="text-[0.875rem] text-soft">{title}</p>
            <div className="grid gap-x-4 sm:grid-cols-2">
              {scopes.map((scope) => (
                <CheckField
                  key={scope}
                  value={value.includes(scope)}
                  onChange={(chosen) => onChange(chosen ? [...value, scope] : value.filter((one) => one !== scope))}
                >
                  {t(`scope.${scope.replace(':', '_')}`, { defaultValue: scope })}
                </CheckField>
              ))}
            </div>
          </div>
        ))}
      {error && <ErrorText>{error}</ErrorText>}
    </fieldset>
  );
}
