import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, LinkButton } from '../../ui/button';
import { AffectedList } from '../evidence/affected-list';
import { Attachments } from './attachments';
import { MeasuredTime } from './measured-time';
import type { RecordedWithFiles } from './restore-test-form';

/** What a restore test turned, and where it can be read. The focus comes here: the form that had it is gone. */
export function RecordedTest({ recorded, onAnother }: { recorded: RecordedWithFiles; onAnother: () => void }) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  const { test, refused } = recorded;
  const { evidenceId, systemId, outcome, measuredMinutes, rtoMinutes, affected } = test;
  return (
    <div ref={place} tabIndex={-1} className="grid gap-6">
      <AffectedList done={t('restoreTest.recorded', { outcome: t(`domain:outcome.${outcome}`) })} affected={affected} />
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-700">{t('restoreTest.measured')}</span>
        <MeasuredTime minutes={measuredMinutes} rtoMinutes={rtoMinutes} outcome={outcome} />
      </p>
      <Attachments testId={test.id} systemId={systemId} refused={refused} />
      <div className="flex flex-wrap gap-2">
        <LinkButton look="primary" to="/evidence/$evidenceId" params={{ evidenceId }}>
          {t('restoreTest.open')}
        </LinkButton>
        <Button onPress={onAnother}>{t('restoreTest.another')}</Button>
        <LinkButton look="quiet" to="/systems/$systemId" params={{ systemId }} search={{ tab: 'obligations' }}>
          {t('restoreTest.toSystem')}
        </LinkButton>
      </div>
    </div>
  );
}
