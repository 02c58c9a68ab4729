import { useEffect, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { IssuedInlet } from '../../api/types';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Notice } from '../../ui/feedback';
import { SelectField } from '../../ui/form/choice';
import { useFormat } from '../../ui/format/format';
import { refreshSystem } from '../systems/system-queries';
import { waitingQuery } from './inlet-queries';

/** The address of an inlet and the line of shell that makes a tool report to it, this once; and whether something has come in. */
export function CommandDialog({ inlet, onClose }: { inlet: IssuedInlet; onClose: () => void }) {
  const { t } = useTranslation();
  const [tool, setTool] = useState(inlet.tool ?? inlet.commands[0]?.tool ?? '');
  const [copied, setCopied] = useState(false);
  const command = inlet.commands.find((each) => each.tool === tool)?.command ?? '';
  const copy = async () => {
    await navigator.clipboard.writeText(command);
    setCopied(true);
  };
  return (
    <Dialog title={t('inlets.commandTitle', { name: inlet.name })} onClose={onClose} mustAnswer>
      <Notice look="warning">{t('inlets.secretText')}</Notice>
      <div className="my-4 grid gap-4">
        <SelectField
          name="tool"
          label={t('inlets.tool')}
          value={tool}
          error={undefined}
          onChange={(chosen) => {
            setTool(chosen);
            setCopied(false);
          }}
          options={inlet.commands.map(({ tool: value, name }) => ({ value, label: name }))}
        />
        <div>
          <p className="mb-1">{t('inlets.command')}</p>
          <pre tabIndex={0} className="overflow-x-auto rounded-8 border border-line p-3 whitespace-pre-wrap break-all">
            <code>{command}</code>
          </pre>
          {command.includes('%') && <p className="mt-1 text-soft">{t('inlets.commandInCron')}</p>}
        </div>
        <div>
          <p className="mb-1">{t('inlets.url')}</p>
          <p className="rounded-8 border border-line p-3 break-all">
            <code>{inlet.url}</code>
          </p>
        </div>
      </div>
      <Waiting inletId={inlet.id} />
      <p role="status" className="min-h-6 text-soft">
        {copied && t('inlets.copied')}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        {window.isSecureContext && <Button onPress={() => void copy()}>{t('inlets.copy')}</Button>}
        <Button look="primary" onPress={onClose}>
          {t('inlets.kept')}
        </Button>
      </div>
    </Dialog>
  );
}

/** "Waiting for the first signal", until there is one; then the page behind turns with it. */
function Waiting({ inletId }: { inletId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { data } = useQuery(waitingQuery(inletId));
  const heardAt = data?.lastSignalAt;
  useEffect(() => {
    if (!heardAt) return;
    void client.invalidateQueries({ queryKey: ['inlets'] });
    void refreshSystem(client);
  }, [client, heardAt]);
  const failing = (data?.refused ?? 0) > 0;
  return (
    <div role="status" className="mb-2">
      {failing ? (
        <Notice look="error">{data?.lastRefusal}</Notice>
      ) : data?.firstSignalAt ? (
        <Notice look="success">
          {t('inlets.received', { at: format.instant(data.lastSignalAt ?? data.firstSignalAt) })}
        </Notice>
      ) : (
        <Notice>{t('inlets.waiting')}</Notice>
      )}
    </div>
  );
}
