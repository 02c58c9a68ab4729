import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../api/client';
import { Button, buttonClass } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/field';
import { Icon } from '../../ui/icon';
import { usePermission } from '../session/session';

interface Props {
  /** Of whose pack: `/systems/{id}` or `/organisations/{id}`. */
  path: string;
  name: string;
}

/** Offers the audit pack of a system or an organisation; absent for who may not read audit events. */
export function PackButton({ path, name }: Props) {
  const { t } = useTranslation();
  const may = usePermission();
  const [open, setOpen] = useState(false);
  if (!may('audit:read')) return null;
  return (
    <>
      <Button onPress={() => setOpen(true)} aria-label={t('pack.of', { name })}>
        {t('pack.title')}
      </Button>
      {open && <PackDialog path={path} name={name} onClose={() => setOpen(false)} />}
    </>
  );
}

function PackDialog({ path, name, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation();
  const [{ from, to }, setDays] = useState({ from: '', to: '' });
  const wrong = from !== '' && to !== '' && from > to;
  const href = addressOf(`${path}/audit-pack`, { from: from || undefined, to: to || undefined });
  return (
    <Dialog title={t('pack.of', { name })} onClose={onClose}>
      <p>{t('pack.text')}</p>
      <div className="mt-4 grid gap-4 sm:grid-cols-2">
        <TextField
          type="date"
          name="from"
          label={t('audit.from')}
          value={from}
          onChange={(day) => setDays((days) => ({ ...days, from: day }))}
          error={wrong ? t('pack.wrongDays') : undefined}
        />
        <TextField
          type="date"
          name="to"
          label={t('audit.to')}
          value={to}
          onChange={(day) => setDays((days) => ({ ...days, to: day }))}
        />
      </div>
      <p className="mt-2 text-[0.9375rem] text-soft">{t('pack.days')}</p>
      <h3 className="mt-6 mb-1 font-700">{t('pack.check')}</h3>
      <p>{t('pack.checkText')}</p>
      <code className="my-2 block overflow-x-auto rounded-6 bg-tint px-3 py-2 text-[0.9375rem]" tabIndex={0}>
        {t('pack.command')}
      </code>
      <p>
        {t('pack.digest')}{' '}
        <Link to="/audit" search={{ action: 'audit.pack_made' }} className="text-link">
          {t('pack.events')}
        </Link>
      </p>
      <p className="mt-2 text-[0.9375rem] text-soft">{t('pack.names')}</p>
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button onPress={onClose}>{t('action.close')}</Button>
        {!wrong && (
          <a href={href} download className={buttonClass('primary')}>
            <Icon name="download" />
            {t('pack.download')}
          </a>
        )}
      </div>
    </Dialog>
  );
}
