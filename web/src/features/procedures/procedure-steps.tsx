import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/button';
import { Loaded } from '../../ui/feedback';
import { useAllowed } from '../systems/use-allowed';
import { proceduresQuery } from './procedure-queries';

/** Where the approval of a procedure stands, as the link to the next step: write it, submit it, or approve it. */
export function ProcedureSteps({ systemId }: { systemId: string }) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  const procedures = useQuery(proceduresQuery(systemId));
  return (
    <Loaded query={procedures}>
      {({ items }) => {
        const drafts = items.flatMap(({ title, draft }) => (draft ? [{ title, draft }] : []));
        if (drafts.length === 0) {
          return may('procedures:write') ? (
            <LinkButton look="primary" to="/systems/$systemId/procedures/new" params={{ systemId }}>
              {t('procedures.write')}
            </LinkButton>
          ) : (
            <p>{t('procedures.askOwner')}</p>
          );
        }
        return drafts.map(({ title, draft }) => (
          <LinkButton
            key={draft.versionId}
            look="primary"
            to="/systems/$systemId/procedures/$versionId"
            params={{ systemId, versionId: draft.versionId }}
          >
            {t(draft.status === 'SUBMITTED' ? 'procedures.openForApproval' : 'procedures.openDraft', { title })}
          </LinkButton>
        ));
      }}
    </Loaded>
  );
}
