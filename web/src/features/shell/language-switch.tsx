import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { changeLocale } from '../session/session';

/** Names the other language in that language. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const client = useQueryClient();
  const other = i18n.language === 'ja' ? 'en' : 'ja';
  const change = useMutation({ mutationFn: () => changeLocale(client, other) });
  return (
    <Button isPending={change.isPending} onPress={() => change.mutate()}>
      <Icon name="language" className="hidden size-5 sm:inline-block" />
      <span lang={other} className="whitespace-nowrap">
        {other === 'ja' ? '日本語' : 'English'}
      </span>
    </Button>
  );
}
