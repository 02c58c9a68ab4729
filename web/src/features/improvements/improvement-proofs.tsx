import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImprovementDetail } from '../../api/types';
import { useFormat } from '../../ui/format/format';
import { Facts, Section } from '../../ui/page';

/** What an item came from, what has passed since, and what it was closed on. */
export function ImprovementProofs({ item: { failure, retest, proof } }: { item: ImprovementDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!failure && !proof) return null;
  const said = ({ performer, performedAt, note }: NonNullable<typeof proof>) => (
    <>
      {t('improvements.proofBy', { name: performer.displayName, at: format.instant(performedAt) })}
      {note && <span className="block whitespace-pre-wrap">{note}</span>}
    </>
  );
  const facts: [string, ReactNode][] = [
    ...(failure ? ([[t('improvements.failure'), said(failure)]] as [string, ReactNode][]) : []),
    ...(failure
      ? ([[t('improvements.retest'), retest ? said(retest) : t('improvements.noRetest')]] as [string, ReactNode][])
      : []),
    ...(proof ? ([[t('improvements.proof'), said(proof)]] as [string, ReactNode][]) : []),
  ];
  return (
    <Section title={t('improvements.proofs')}>
      <Facts facts={facts} />
    </Section>
  );
}
