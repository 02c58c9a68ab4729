import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RestoreTest } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { Loaded } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { Facts, Section } from '../../../ui/page';
import { DataTable } from '../../../ui/table';
import { Attachments } from '../../restore-tests/attachments';
import { MeasuredTime } from '../../restore-tests/measured-time';
import { restoreTestQuery } from './record-queries';

/** What was restored from which copy, how long it took, and what was looked at afterwards. */
export function RestoreTestSection({ id }: { id: string }) {
  const { t } = useTranslation();
  const test = useQuery(restoreTestQuery(id));
  return (
    <Section title={t('restoreTest.section')}>
      <Loaded query={test}>
        {(found) => (
          <>
            <Test test={found} />
            <Attachments testId={id} systemId={found.systemId} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Test({ test }: { test: RestoreTest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { outcome, restored, fromCopy, startedAt, finishedAt, measuredMinutes, rtoMinutes, checks } = test;
  return (
    <>
      <Facts
        facts={[
          [t('restoreTest.fields.restored'), restored],
          [t('restoreTest.fields.fromCopy'), fromCopy],
          [t('restoreTest.fields.startedAt'), format.instant(startedAt)],
          [t('restoreTest.fields.finishedAt'), format.instant(finishedAt)],
          [
            t('restoreTest.measured'),
            <MeasuredTime key="measured" minutes={measuredMinutes} rtoMinutes={rtoMinutes} outcome={outcome} />,
          ],
        ]}
      />
      <h3 className="mt-4 mb-2">{t('restoreTest.checks')}</h3>
      {checks.length === 0 ? (
        <p className="text-soft">{t('restoreTest.noChecks')}</p>
      ) : (
        <DataTable
          caption={t('restoreTest.checks')}
          rows={checks.map((check, index) => ({ ...check, key: String(index) }))}
          rowKey={({ key }) => `check-${key}`}
          columns={[
            { key: 'title', title: t('restoreTest.check.title'), heads: true, cell: ({ title }) => title },
            { key: 'expected', title: t('restoreTest.check.expected'), cell: ({ expected }) => expected },
            { key: 'observed', title: t('restoreTest.check.observed'), cell: ({ observed }) => observed },
            {
              key: 'passed',
              title: t('restoreTest.check.passed'),
              cell: ({ passed }) => (
                <Tag look={passed ? 'met' : 'late'}>{t(passed ? 'restoreTest.agrees' : 'restoreTest.differs')}</Tag>
              ),
            },
          ]}
        />
      )}
    </>
  );
}
