import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { useFormat } from '../../../ui/format/format';
import { durationOrNull } from '../../../ui/form/duration-field';
import { useForm } from '../../../ui/form/use-form';
import { Merging, useReadVersion } from '../../../ui/merge/merging';
import { PageHeader } from '../../../ui/page';
import { announce } from '../../../ui/toast';
import { LoadedPage } from '../../shell/loaded-page';
import { draftQuery, packQuery, readDraft, type EditedDraft } from '../policy-queries';
import { type PolicyDraft, TIERS } from './policy-draft';
import { PolicyForm } from './policy-form';
import { type FlatPolicy, flatOf, policyOf, RULE_KEYS, usePolicyWords } from './policy-merge';

const route = getRouteApi('/shell/policies/$policyId/edit');

const bodyOf = ({ grace, reviewAfterChange, rules }: PolicyDraft): PolicyDraft => ({
  grace: Object.fromEntries(TIERS.map((tier) => [tier, durationOrNull(grace[tier]) ?? ''])) as PolicyDraft['grace'],
  reviewAfterChange: durationOrNull(reviewAfterChange) ?? '',
  rules,
});

/** Edits a draft. */
export function EditPolicyPage() {
  const { policyId } = route.useParams();
  const draft = useQuery({ ...draftQuery(policyId), staleTime: 0, refetchOnWindowFocus: false });
  return (
    <LoadedPage query={draft}>
      {(data) => <EditForm key={data.etag} draft={data} onReload={() => void draft.refetch()} />}
    </LoadedPage>
  );
}

function EditForm({ draft, onReload }: { draft: EditedDraft; onReload: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const navigate = useNavigate();
  const pack = useQuery(packQuery).data?.rules ?? [];
  const read = useReadVersion(flatOf(draft.rules), draft.etag);
  const words = usePolicyWords();
  const { id, organisation, version } = draft.policy;
  const leave = () => void navigate({ to: '/policies/$policyId', params: { policyId: id } });
  const form = useForm<PolicyDraft, unknown>({
    initial: draft.rules,
    save: (values) => api.patch(`/policies/${id}`, bodyOf(values), read.current.etag),
    onSaved: async () => {
      announce(t('policies.saved'));
      await client.invalidateQueries({ queryKey: ['policies'] });
      leave();
    },
  });
  const newest = async () => {
    const { rules, etag } = await readDraft(id);
    return { values: flatOf(rules), etag };
  };
  const merging = {
    ...{ values: flatOf(form.values), stale: form.stale, dismissStale: form.dismissStale },
    resubmit: (values: FlatPolicy) => form.resubmit(policyOf(values)),
  };
  const title = t('policies.editOf', { organisation: format.name(organisation), version });
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[
          <Link key="policies" to="/policies" className="text-link">
            {t('policies.title')}
          </Link>,
          <Link key="policy" to="/policies/$policyId" params={{ policyId: id }} className="text-link">
            {t('policies.of', { organisation: format.name(organisation), version })}
          </Link>,
        ]}
      >
        <p className="mt-1 max-w-prose text-soft">{t('policies.editText')}</p>
      </PageHeader>
      <PolicyForm form={form} pack={pack} onCancel={leave} />
      <Merging {...{ read, newest, onReload }} {...words} form={merging} keys={RULE_KEYS} />
    </>
  );
}
