import { useTranslation } from 'react-i18next';
import type { ProcedureStep } from '../../api/types';

/** A numbered section of a procedure, by the id that the list of contents leads to. */
export interface NumberedSection {
  id: string;
  title: string;
}

/** On paper only: what the document holds, in the numbers of its sections and steps. */
export function PrintContents({ sections, steps }: { sections: NumberedSection[]; steps: ProcedureStep[] }) {
  const { t } = useTranslation();
  return (
    <nav className="only-print print-contents" aria-label={t('procedures.contents')}>
      <p className="font-700">{t('procedures.contents')}</p>
      <ol>
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
            {id === 'procedure-steps' && (
              <ol>
                {steps.map((step) => (
                  <li key={step.key}>
                    <a href={`#${step.key}`}>{step.title}</a>
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
