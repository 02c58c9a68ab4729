import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Passage, Passages } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { EmptyState, Loaded } from '../../../ui/feedback';
import { CheckField } from '../../../ui/form/choice';
import { SecretHints } from '../secret-hints';

interface PassagesDialogProps {
  markdown: string;
  onTake: (passages: Passage[]) => void;
  onClose: () => void;
}

/** What the text seems to hold as steps; the writer ticks what is one. */
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
        {({ passages, secretHints }) =>
          passages.length === 0 ? (
            <EmptyState title={t('procedures.noPassages')}>{t('procedures.noPassagesText')}</EmptyState>
          ) : (
            <>
              <SecretHints hints={secretHints} />
              <Choice passages={passages} onTake={onTake} onClose={onClose} />
            </>
          )
        }
      </Loaded>
    </Dialog>
  );
}

function Choice({ passages, onTake, onClose }: Omit<PassagesDialogProps, 'markdown'> & { passages: Passage[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(() => new Set(passages.flatMap(({ proposed }, at) => (proposed ? [at] : []))));
  const toggle = (at: number, on: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      if (on) after.add(at);
      else after.delete(at);
      return after;
    });
  return (
    <>
      <p className="mb-4">{t('procedures.readStepsText')}</p>
      <ol className="mb-4 grid grid-cols-1 gap-1 [overflow-wrap:anywhere]">
        {passages.map(({ title, instructions, section, origin, unfinished }, at) => {
          const above = section.at(-1);
          const isNew = above !== undefined && above !== passages[at - 1]?.section.at(-1);
          return (
            <li key={at}>
              {isNew && <p className="mt-3 font-700">{above}</p>}
              <CheckField value={chosen.has(at)} onChange={(on) => toggle(at, on)}>
                <span className="min-w-0">
                  {title} <span className="text-[0.875rem] text-soft">{t(`procedures.origin.${origin}`)}</span>
                  {unfinished && (
                    <>
                      {' '}
                      <Tag look="soon">{t('procedures.unfinished')}</Tag>
                    </>
                  )}
                </span>
              </CheckField>
              {instructions && (
                <p className="ms-8 line-clamp-2 text-[0.875rem] break-words text-soft">{instructions.slice(0, 300)}</p>
              )}
            </li>
          );
        })}
      </ol>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onClose}>{t('action.cancel')}</Button>
        <Button
          look="primary"
          isDisabled={chosen.size === 0}
          onPress={() => onTake(passages.filter((_, at) => chosen.has(at)))}
        >
          {t('procedures.takeSteps', { count: chosen.size })}
        </Button>
      </div>
    </>
  );
}
