import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Obligation } from '../../api/types';
import { Loaded } from '../../ui/feedback';
import { Dialog } from '../../ui/dialog';
import { ReviewForm } from '../evidence/review-form';
import { ObligationIntro } from '../obligations/obligation-intro';
import { proceduresQuery } from './procedure-queries';

/** Records that the procedure in force was reviewed. */
export function ProcedureReviewDialog({
  systemId,
  obligation,
  onClose,
}: {
  systemId: string;
  obligation: Obligation;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const procedures = useQuery(proceduresQuery(systemId));
  return (
    <Dialog title={t('actionKind.REVIEW_PROCEDURE')} onClose={onClose}>
      <Loaded query={procedures}>
        {({ items }) => (
          <ReviewForm
            subjects={items
              .filter(({ current }) => current)
              .map(({ id, title }) => ({ id, label: title, path: `/procedures/${id}/reviews` }))}
            intro={<ObligationIntro obligation={obligation} />}
            onClose={onClose}
          />
        )}
      </Loaded>
    </Dialog>
  );
}
