import { useTranslation } from 'react-i18next';
import { Tag } from '../../../ui/badge';
import { Button } from '../../../ui/button';
import { CheckField } from '../../../ui/form/choice';
import { fieldId, TextField } from '../../../ui/form/field';
import { merged, moved, split, type PassageDraft } from './passage-drafts';

interface PassageRowsProps {
  drafts: PassageDraft[];
  onChange: (drafts: PassageDraft[]) => void;
}

/** The passages in their order, each to be taken or left, moved, merged and split. */
export function PassageRows({ drafts, onChange }: PassageRowsProps) {
  return (
    <ol className="mb-4 grid grid-cols-1 gap-2 [overflow-wrap:anywhere]">
      {drafts.map((draft, at) => {
        const above = draft.section.at(-1);
        const isNew = above !== undefined && above !== drafts[at - 1]?.section.at(-1);
        return (
          <li key={draft.id}>
            {isNew && <SectionHead title={above} drafts={drafts} onChange={onChange} />}
            <PassageRow draft={draft} at={at} drafts={drafts} onChange={onChange} />
          </li>
        );
      })}
    </ol>
  );
}

function SectionHead({ title, drafts, onChange }: PassageRowsProps & { title: string }) {
  const { t } = useTranslation();
  const isIn = ({ section }: PassageDraft) => section.includes(title);
  const isTaken = drafts.some((draft) => isIn(draft) && draft.isStep);
  return (
    <div className="mt-3 flex flex-wrap items-center justify-between gap-2">
      <p className="font-700">{title}</p>
      <Button
        look="quiet"
        aria-label={t(isTaken ? 'passages.leaveSectionOf' : 'passages.takeSectionOf', { title })}
        onPress={() => onChange(drafts.map((draft) => (isIn(draft) ? { ...draft, isStep: !isTaken } : draft)))}
      >
        {t(isTaken ? 'passages.leaveSection' : 'passages.takeSection')}
      </Button>
    </div>
  );
}

const ACTIONS = ['up', 'down', 'merge', 'split'] as const;

function PassageRow({ draft, at, drafts, onChange }: PassageRowsProps & { draft: PassageDraft; at: number }) {
  const { t } = useTranslation();
  const { id, title, instructions, origin, unfinished, isStep } = draft;
  const change = (part: Partial<PassageDraft>) =>
    onChange(drafts.map((each) => (each === draft ? { ...each, ...part } : each)));
  const act = (action: (typeof ACTIONS)[number]) => {
    if (action === 'merge') onChange(merged(drafts, at));
    else if (action === 'split') onChange(split(drafts, at));
    else onChange(moved(drafts, at, action === 'up' ? -1 : 1));
    // A row that is moved or taken away loses the focus: it goes on with the row that the action was about.
    const kept = action === 'merge' ? drafts[at - 1]?.id : id;
    requestAnimationFrame(() =>
      document
        .getElementById(fieldId(`passage-${kept}`))
        ?.querySelector('input')
        ?.focus(),
    );
  };
  const isPossible = {
    up: at > 0,
    down: at < drafts.length - 1,
    merge: at > 0,
    split: instructions !== '',
  };
  return (
    <div className="rounded-8 border border-line p-2">
      <div id={fieldId(`passage-${id}`)}>
        <CheckField value={isStep} onChange={(on) => change({ isStep: on })}>
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
      </div>
      {instructions && (
        <p className="ms-8 line-clamp-2 text-[0.875rem] break-words text-soft">{instructions.slice(0, 300)}</p>
      )}
      {isStep && (
        <div className="ms-8 mt-1 grid gap-2 sm:grid-cols-2">
          <TextField
            name={`passage-${id}-role`}
            label={t('passages.roleOf', { title })}
            value={draft.role}
            onChange={(role) => change({ role })}
            quiet
          />
          <TextField
            name={`passage-${id}-minutes`}
            label={t('passages.minutesOf', { title })}
            type="number"
            inputMode="numeric"
            value={draft.plannedMinutes}
            onChange={(plannedMinutes) => change({ plannedMinutes })}
            quiet
          />
        </div>
      )}
      <div className="ms-6 flex flex-wrap">
        {ACTIONS.filter((action) => isPossible[action]).map((action) => (
          <Button
            key={action}
            look="quiet"
            aria-label={t(`passages.actionOf.${action}`, { title })}
            onPress={() => act(action)}
          >
            {t(`passages.action.${action}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}
