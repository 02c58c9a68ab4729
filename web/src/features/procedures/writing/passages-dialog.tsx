import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Passages, Reading } from '../../../api/types';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { EmptyState, Loaded, Notice } from '../../../ui/feedback';
import { SelectField } from '../../../ui/form/choice';
import { SecretHints } from '../secret-hints';
import { draftsOf, type PassageDraft } from './passage-drafts';
import { PassageRows } from './passage-rows';

interface PassagesDialogProps {
  markdown: string;
  onTake: (passages: PassageDraft[]) => void;
  onClose: () => void;
}

/** What the text seems to hold as steps, in the ways in which it can be read; the writer picks a way and corrects it. */
export function PassagesDialog({ markdown, onTake, onClose }: PassagesDialogProps) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['procedure-passages', markdown],
    queryFn: () => api.post<Passages>('/procedure-passages', { markdown }),
    staleTime: Infinity,
  });
  return (
    <Dialog title={t('procedures.readSteps')} onClose={onClose}>
      <Loaded query={found}>
        {({ stepsFound, readings, secretHints }) => (
          <>
            <SecretHints hints={secretHints} />
            {!stepsFound && readings.length === 0 && (
              <EmptyState title={t('procedures.noPassages')}>{t('procedures.noPassagesText')}</EmptyState>
            )}
            {!stepsFound && readings.length > 0 && (
              <div className="mb-4">
                <Notice look="warning" title={t('procedures.noPassages')}>
                  {t('passages.noProcedure')}
                </Notice>
              </div>
            )}
            {readings.length > 0 && (
              <Choice readings={readings} first={stepsFound ? '0' : ''} onTake={onTake} onClose={onClose} />
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  );
}

interface ChoiceProps extends Omit<PassagesDialogProps, 'markdown'> {
  readings: Reading[];
  /** The place of the way that is chosen already; empty when none suggests itself. */
  first: string;
}

function Choice({ readings, first, onTake, onClose }: ChoiceProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(first);
  const [drafts, setDrafts] = useState(() => (readings[0] && first ? draftsOf(readings[0]) : []));
  const steps = drafts.filter(({ isStep }) => isStep);
  const nameOf = ({ kind, level, passages }: Reading): string => {
    const count = passages.filter(({ proposed }) => proposed).length;
    return t('passages.way', { way: t(`passages.kind.${kind}`, { level: level ?? '' }), count });
  };
  const choose = (value: string) => {
    const reading = readings[Number(value)];
    setChosen(value);
    setDrafts(value && reading ? draftsOf(reading) : []);
  };
  return (
    <>
      <div className="mb-4">
        <SelectField
          name="reading"
          label={t('passages.ways')}
          hint={t('passages.waysHint')}
          value={chosen}
          onChange={choose}
          empty={first ? null : t('passages.chooseWay')}
          options={readings.map((reading, at) => ({ value: String(at), label: nameOf(reading) }))}
        />
      </div>
      {drafts.length > 0 && (
        <>
          <p className="mb-4">{t('procedures.readStepsText')}</p>
          <PassageRows drafts={drafts} onChange={setDrafts} />
        </>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onClose}>{t('action.cancel')}</Button>
        <Button look="primary" isDisabled={steps.length === 0} onPress={() => onTake(steps)}>
          {t('procedures.takeSteps', { count: steps.length })}
        </Button>
      </div>
    </>
  );
}
