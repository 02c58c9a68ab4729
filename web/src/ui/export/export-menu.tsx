import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { addressOf, api, type Query } from '../../api/client';
import { buttonClass } from '../button';
import { Icon } from '../icon';
import { announce } from '../toast';
import { type Losses, LossesDialog } from './losses-dialog';

const ITEM =
  'flex min-h-11 cursor-pointer items-center gap-2 rounded-6 px-3 outline-none no-underline text-ink data-[focused]:bg-tint data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2 data-[focus-visible]:outline-ink';
const FORMATS = ['csv', 'xlsx', 'json'] as const;

interface Props {
  /** Of the list: `/systems` is exported by `/systems/export`. */
  path: string;
  /** What the list shows; the export has the same rows, in the same order. */
  filters: Query;
}

/** The list as a file, exactly as it is filtered and sorted. */
export function ExportMenu({ path, filters }: Props) {
  const { t } = useTranslation();
  const [lost, setLost] = useState<Losses | null>(null);
  const { cursor: _place, limit: _limit, ...shown } = filters;
  const at = (format: string) => addressOf(`${path}/export`, { ...shown, format });
  const download = () => window.location.assign(at('csv-cp932'));
  const check = useMutation({
    mutationFn: () => api.get<Losses>(`${path}/export`, { ...shown, format: 'cp932-losses' }),
    onSuccess: (losses) => (losses.lost.length > 0 ? setLost(losses) : download()),
    onError: (error) => announce(error.message),
  });
  return (
    <>
      <MenuTrigger>
        <AriaButton className={`${buttonClass()} no-print`} isDisabled={check.isPending}>
          <Icon name="download" />
          {t('export.menu')}
        </AriaButton>
        <Popover className="w-72 max-w-[95vw] rounded-12 border border-line bg-raised p-2 text-ink shadow-2">
          <Menu
            aria-label={t('export.menu')}
            className="outline-none"
            onAction={(key) => key === 'cp932' && check.mutate()}
          >
            {FORMATS.map((format) => (
              <MenuItem key={format} id={format} href={at(format)} download="" className={ITEM}>
                {t(`export.format.${format}`)}
              </MenuItem>
            ))}
            <MenuItem id="cp932" className={ITEM}>
              {t('export.format.cp932')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {lost && (
        <LossesDialog
          losses={lost}
          onClose={() => setLost(null)}
          onDownload={() => {
            setLost(null);
            download();
          }}
        />
      )}
    </>
  );
}
