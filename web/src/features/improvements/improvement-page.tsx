import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImprovementDetail } from '../../api/types';
import { TierBadge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { MarkdownText } from '../../ui/format/markdown';
import { Facts, PageHeader, Section } from '../../ui/page';
import { AskDialog } from '../advice/ask-dialog';
import { HistoryButton } from '../audit/history';
import { useMe, usePermission } from '../session/session';
import { LoadedPage } from '../shell/loaded-page';
import { EditDialog } from './dialogs/edit-dialog';
import { EndDialog } from './dialogs/end-dialog';
import { HowFar, ImprovementTag } from './how-far';
import { ImprovementLog } from './improvement-log';
import { ImprovementParts } from './improvement-parts';
import { ImprovementProofs } from './improvement-proofs';
import { improvementQuery } from './improvement-queries';

const route = getRouteApi('/shell/improvements/$itemId');

export function ImprovementPage() {
  const { itemId } = route.useParams();
  const item = useQuery(improvementQuery(itemId));
  return <LoadedPage query={item}>{({ value, etag }) => <Page key={itemId} item={value} etag={etag} />}</LoadedPage>;
}

type Open = 'edit' | 'close' | 'cancel' | 'advice';
const ENDS = ['close', 'cancel'] as const;

function Page({ item, etag }: { item: ImprovementDetail; etag: string | null }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open | null>(null);
  const may = usePermission();
  const { offered } = item;
  const crumbs = [
    <Link key="improvements" to="/improvements" className="text-link">
      {t('improvements.title')}
    </Link>,
  ];
  const actions = (
    <>
      {offered.includes('edit') && <Button onPress={() => setOpen('edit')}>{t('improvements.edit')}</Button>}
      {ENDS.filter((step) => offered.includes(step)).map((step) => (
        <Button key={step} look={step === 'close' ? 'primary' : 'danger'} onPress={() => setOpen(step)}>
          {t(`improvements.${step}`)}
        </Button>
      ))}
      {may('advice:ask') && <Button onPress={() => setOpen('advice')}>{t('advice.ask')}</Button>}
      <HistoryButton recordId={item.id} name={item.title} systemId={item.system?.id} />
      <Button icon="printer" onPress={() => window.print()}>
        {t('action.print')}
      </Button>
    </>
  );
  const close = () => setOpen(null);
  return (
    <>
      <PageHeader title={item.title} crumbs={crumbs} actions={actions}>
        <p className="mt-1 flex flex-wrap items-center gap-2">
          <ImprovementTag status={item.status} overdue={item.overdue} />
        </p>
      </PageHeader>
      <OwnWork item={item} />
      <Summary item={item} />
      <ImprovementProofs item={item} />
      <ImprovementParts item={item} />
      <ImprovementLog item={item} />
      {open === 'advice' && (
        <AskDialog about={{ organisationId: item.organisation.id, improvementItemId: item.id }} onClose={close} />
      )}
      {open === 'edit' && <EditDialog item={item} etag={etag} onClose={close} />}
      {(open === 'close' || open === 'cancel') && <EndDialog item={item} step={open} onClose={close} />}
    </>
  );
}

/** Why somebody who closes items is not offered to close this one. */
function OwnWork({ item: { offered, owner } }: { item: ImprovementDetail }) {
  const { t } = useTranslation();
  const me = useMe();
  const answersForIt = offered.includes('split') || owner?.id === me.user.id;
  if (!answersForIt || offered.includes('close') || !offered.includes('progress')) return null;
  return (
    <div className="no-print mb-6">
      <Notice>{t('improvements.ownWork')}</Notice>
    </div>
  );
}

function Summary({ item }: { item: ImprovementDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { system, organisation, owner, source, whole, endedBy, status, link, description } = item;
  return (
    <Section title={t('improvements.facts')}>
      {whole && <p className="mb-3">{t('improvements.wholeText', { title: whole.title })}</p>}
      <Facts
        facts={[
          [
            t('improvements.about'),
            system ? (
              <span className="flex flex-wrap items-center gap-2">
                <Link to="/systems/$systemId" params={{ systemId: system.id }} className="text-link">
                  {format.name(system)}
                </Link>
                <TierBadge tier={system.tier} />
              </span>
            ) : (
              t('improvements.ofOrganisation')
            ),
          ],
          [t('improvements.organisation'), format.name(organisation)],
          [t('improvements.source'), t(`domain:improvementSource.${source}`)],
          [t('improvements.owner'), owner?.displayName ?? t('systems.noOwner')],
          [t('improvements.dueOn'), format.date(item.dueOn)],
          [
            t('improvements.progress'),
            <span key="progress" className="block max-w-xs">
              <HowFar percent={item.percent} />
            </span>,
          ],
          ...(link
            ? ([[t('improvements.link'), <PaperLink key="link" link={link} />]] as [string, React.ReactNode][])
            : []),
        ]}
      />
      {(description ?? whole?.description) && (
        <div className="mt-4 max-w-prose">
          <MarkdownText>{description ?? whole?.description ?? ''}</MarkdownText>
        </div>
      )}
      <p className="mt-4 text-[0.875rem] text-soft">
        {t('improvements.openedBy', { name: item.openedBy.displayName, at: format.instant(item.openedAt) })}
        {endedBy && (status === 'CLOSED' || status === 'CANCELLED') && (
          <span className="block">
            {t(`improvements.endedBy.${status}`, { name: endedBy.displayName, at: format.instant(item.endedAt) })}
          </span>
        )}
      </p>
      {item.comment && <p className="mt-2 whitespace-pre-wrap">{item.comment}</p>}
    </Section>
  );
}

function PaperLink({ link }: { link: string }) {
  const { t } = useTranslation();
  return (
    <a href={link} rel="noreferrer" target="_blank" className="text-link">
      {t('improvements.openLink')}
    </a>
  );
}
