import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Assessment, System } from '../../api/types';
import { Tag, TierBadge } from '../../ui/badge';
import { Button, LinkButton } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { useDuration } from '../../ui/format/duration';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { ApproveDialog } from './approve-dialog';
import { OutdatedNotice } from './outdated-notice';
import { RtoAboveMtd } from './rto-above-mtd';
import { ImpactTable } from './impact-table';
import { assessmentsQuery } from './importance-queries';
import { answerKey } from './questions';

/** What was answered about the importance of a system, what it suggests, and what was approved. */
export function ImportanceTab({ system }: { system: System }) {
  const { t } = useTranslation();
  const assessments = useQuery(assessmentsQuery(system.id));
  const mayAssess = system.allowed.includes('systems:write') && system.lifecycle !== 'RETIRED';
  const assess = mayAssess && (
    <LinkButton look="primary" to="/systems/$systemId/importance/new" params={{ systemId: system.id }}>
      {t('importance.assess')}
    </LinkButton>
  );
  return (
    <Loaded query={assessments}>
      {({ items: [newest, ...earlier] }) =>
        newest ? (
          <>
            <div className="no-print mb-4">{assess}</div>
            <AssessmentCard system={system} assessment={newest} mayAssess={mayAssess} />
            {earlier.length > 0 && (
              <Section title={t('importance.earlier')}>
                <ul className="grid gap-4">
                  {earlier.map((assessment) => (
                    <li key={assessment.id}>
                      <AssessmentCard system={system} assessment={assessment} mayAssess={mayAssess} />
                    </li>
                  ))}
                </ul>
              </Section>
            )}
          </>
        ) : (
          <EmptyState title={t('importance.empty')} action={assess}>
            {t('importance.emptyText')}
          </EmptyState>
        )
      }
    </Loaded>
  );
}

const LOOK = { SUBMITTED: 'soon', APPROVED: 'met', SUPERSEDED: 'none' } as const;

interface AssessmentCardProps {
  system: System;
  assessment: Assessment;
  mayAssess: boolean;
}

function AssessmentCard({ system, assessment, mayAssess }: AssessmentCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const duration = useDuration();
  const [deciding, setDeciding] = useState(false);
  const { status, suggestedTier, provisional, grounds, impacts, mtd, approvedTier, rationale, reviewOn, outdated } =
    assessment;
  return (
    <div className="card grid grid-cols-1 gap-3">
      <p className="flex flex-wrap items-center gap-2">
        <b>{t('importance.number', { number: assessment.number })}</b>
        <Tag look={LOOK[status]}>{t(`assessmentStatus.${status}`)}</Tag>
        <span className="text-[0.875rem] text-soft">
          {t('importance.madeBy', {
            name: assessment.madeBy?.displayName ?? '—',
            at: format.instant(assessment.madeAt),
          })}
        </span>
      </p>
      <p className="flex flex-wrap items-center gap-2">
        {t('importance.suggests')} <TierBadge tier={suggestedTier} />
        {provisional && <Tag look="soon">{t('importance.provisional')}</Tag>}
      </p>
      {outdated && <OutdatedNotice system={system} outdated={outdated} mayAssess={mayAssess} />}
      {grounds.length > 0 && (
        <ul className="list-disc ps-6">
          {grounds.map(({ of, answer, tier }) => (
            <li key={of}>
              {t('importance.ground', {
                question: t(`importance.question.${of}` as 'importance.question.reentry'),
                answer: t(answerKey(of, answer)),
                tier: t(`domain:tier.${tier}`),
              })}
            </li>
          ))}
        </ul>
      )}
      {mtd && <p>{t('importance.mtd', { stop: duration(mtd) })}</p>}
      <RtoAboveMtd system={system} assessment={assessment} />
      {impacts && (
        <details>
          <summary className="text-link min-h-11 cursor-pointer py-2">{t('importance.impacts')}</summary>
          <ImpactTable impacts={impacts} />
        </details>
      )}
      {approvedTier && (
        <p>
          {t('importance.approvedAs')} <TierBadge tier={approvedTier} />{' '}
          {t('procedures.approvedBy', {
            name: assessment.approvedBy?.displayName ?? '—',
            at: format.instant(assessment.approvedAt),
          })}
          <span className="block whitespace-pre-wrap">{rationale}</span>
          {reviewOn && <span className="block">{t('importance.reviewOn', { date: format.date(reviewOn) })}</span>}
        </p>
      )}
      {assessment.mayApprove && (
        <div className="no-print">
          <Button look="primary" onPress={() => setDeciding(true)}>
            {t('importance.approve')}
          </Button>
        </div>
      )}
      {deciding && <ApproveDialog system={system} assessment={assessment} onClose={() => setDeciding(false)} />}
    </div>
  );
}
