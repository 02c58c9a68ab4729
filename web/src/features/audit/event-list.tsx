import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon';
import { useFormat } from '../../ui/format/format';
import { DataTable, type Column } from '../../ui/table';
import { isNotable, useAuditWords } from './audit-words';
import { EventDetails, type ShownEvent } from './event-details';

/** Events, the newest first; each opens to what changed and where it came from. */
export function EventList({ caption, events }: { caption: string; events: ShownEvent[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<ShownEvent>[] = [
    {
      key: 'at',
      title: t('audit.at'),
      cell: ({ at }) => <time dateTime={at}>{format.instant(at)}</time>,
    },
    { key: 'who', title: t('audit.who'), cell: (event) => <Who event={event} /> },
    { key: 'what', title: t('audit.what'), heads: true, cell: (event) => <What event={event} /> },
    {
      key: 'organisation',
      title: t('audit.organisation'),
      cell: ({ organisation }) => organisation && <span className="break-keep">{format.name(organisation)}</span>,
    },
  ];
  return <DataTable caption={caption} columns={columns} rows={events} rowKey={({ id }) => id} />;
}

function Who({ event: { action, actor, actorId, onBehalfOf, program } }: { event: ShownEvent }) {
  const { t } = useTranslation();
  const words = useAuditWords();
  const nobody = action === 'session.refused' ? t('audit.notSignedIn') : t('audit.service');
  const name = actor?.displayName ?? (actorId ? t('audit.unknownPerson') : nobody);
  const through = [
    actor?.token && (actor.token.name === null ? t('audit.tokenGone') : t('audit.token', { name: actor.token.name })),
    onBehalfOf && t('audit.onBehalfOf', { name: onBehalfOf.displayName }),
    program && words.program(program),
  ].filter((text) => typeof text === 'string');
  return (
    <>
      <span className="break-keep">{name}</span>
      {through.map((text) => (
        <span key={text} className="block text-[0.8125rem] text-soft">
          {text}
        </span>
      ))}
    </>
  );
}

function What({ event }: { event: ShownEvent }) {
  const words = useAuditWords();
  return (
    <>
      <span className="font-700">
        {isNotable(event.action) && <Icon name="alert" className="me-1 size-4 align-[-0.15em] text-error" />}
        {words.action(event.action)}
      </span>
      <Subject event={event} />
      <EventDetails event={event} />
    </>
  );
}

/** The record of an event, as a link where it has a page. */
function Subject({
  event: { recordType, recordId, recordName, recordNameEn, systemId, after },
}: {
  event: ShownEvent;
}) {
  const format = useFormat();
  const look = { className: 'text-link inline-flex min-h-6 items-center' };
  const named = recordName === null ? null : format.name({ name: recordName, nameEn: recordNameEn });
  const name = named ?? (typeof after?.route === 'string' ? `${String(after.method)} ${after.route}` : null);
  if (name === null) return null;
  const subject = () => {
    if (systemId) {
      const tab = TABS[recordType as keyof typeof TABS] ?? 'obligations';
      return (
        <Link to="/systems/$systemId" params={{ systemId }} search={{ tab }} {...look}>
          {name}
        </Link>
      );
    }
    if (recordType === 'policy' && recordId)
      return (
        <Link to="/policies/$policyId" params={{ policyId: recordId }} {...look}>
          {name}
        </Link>
      );
    return <span className="break-all">{name}</span>;
  };
  return <span className="block text-[0.9375rem]">{subject()}</span>;
}

const TABS = {
  ...({ evidence: 'evidence', backup_requirement: 'backups', procedure_version: 'procedures' } as const),
  ...({ drill: 'drills', drill_run: 'drills', improvement_item: 'improvements', restore_test: 'evidence' } as const),
};
