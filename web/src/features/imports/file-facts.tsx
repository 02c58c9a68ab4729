import { useTranslation } from 'react-i18next';
import type { Inspection } from '../../api/types';
import { SelectField } from '../../ui/form/choice';
import { useFormat } from '../../ui/format/format';
import { Facts, Section } from '../../ui/page';
import type { FileChoice } from './import-queries';
import { SampleTable } from './sample-table';

const ENCODINGS = ['utf-8', 'utf-16', 'cp932', 'windows-1252'];

interface FileFactsProps {
  fileName: string;
  inspection: Inspection;
  choice: FileChoice;
  onChoose: (choice: FileChoice) => void;
}

/** How the file was read, to be put right when the letters or the sheet are the wrong ones. */
export function FileFacts({ fileName, inspection, choice, onChoose }: FileFactsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t('imports.whatWasRead')}>
      <div className="grid gap-4">
        <Facts
          facts={[
            [t('imports.file'), fileName],
            [
              t('imports.format'),
              [inspection.format.toUpperCase(), inspection.encoding].filter(Boolean).join(t('text.dot')),
            ],
            [
              t('imports.size'),
              t('imports.rowsAndColumns', {
                rows: format.number(inspection.rows),
                columns: format.number(inspection.columns.length),
              }),
            ],
          ]}
        />
        <div className="max-w-sm">
          {inspection.format === 'csv' ? (
            <SelectField
              quiet
              name="encoding"
              label={t('imports.encoding')}
              empty={t('imports.detected')}
              value={choice.encoding ?? ''}
              onChange={(encoding) => onChoose({ ...choice, encoding })}
              options={ENCODINGS.map((value) => ({ value, label: value }))}
            />
          ) : (
            <SelectField
              quiet
              name="sheet"
              label={t('imports.sheet')}
              empty={null}
              value={inspection.sheet ?? ''}
              onChange={(sheet) => onChoose({ ...choice, sheet })}
              options={(inspection.sheets ?? []).map(({ name }) => ({ value: name, label: name }))}
            />
          )}
        </div>
        <SampleTable inspection={inspection} />
      </div>
    </Section>
  );
}
