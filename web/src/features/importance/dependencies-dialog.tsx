import { useRef, useState, type RefObject } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Dependencies, System } from '../../api/types';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { useFormat } from '../../ui/format/format';
import { CheckField } from '../../ui/form/choice';
import { Form } from '../../ui/form/form';
import { SearchField } from '../../ui/form/search-field';
import { useForm } from '../../ui/form/use-form';
import { Merging, useReadVersion } from '../../ui/merge/merging';
import { announce } from '../../ui/toast';
import { useFieldText } from '../audit/field-value';
import { refreshSystem, systemsQuery } from '../systems/system-queries';

interface Needed {
  systemId: string;
  name: string;
  hard: boolean;
}

interface DependenciesDialogProps {
  system: System;
  dependencies: Dependencies;
  etag: string | null;
  onClose: () => void;
}

/** Says what a system needs: systems are found by their names, and each is hard or soft. */
export function DependenciesDialog({ system, dependencies, etag, onClose }: DependenciesDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const text = useFieldText();
  const draftOf = ({ dependsOn: ends }: Dependencies) => ({
    dependsOn: ends.map((end): Needed => ({ systemId: end.systemId, name: format.name(end), hard: end.hard })),
  });
  const read = useReadVersion(draftOf(dependencies), etag);
  const newest = async () => {
    const now = await api.getTagged<Dependencies>(`/systems/${system.id}/dependencies`);
    return { values: draftOf(now.value), etag: now.etag };
  };
  const form = useForm<{ dependsOn: Needed[] }, unknown>({
    initial: read.current.values,
    save: ({ dependsOn }) =>
      api.put(
        `/systems/${system.id}/dependencies`,
        { dependsOn: dependsOn.map(({ systemId, hard }) => ({ systemId, hard })) },
        read.current.etag,
      ),
    onSaved: () => {
      announce(t('dependencies.saved'));
      void refreshSystem(client);
      onClose();
    },
  });
  const { dependsOn } = form.values;
  const change = (next: Needed[]) => form.set('dependsOn', next);
  const list = useRef<HTMLUListElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const remove = (index: number) => {
    // The button that had the focus goes with its row: the next row has it, or the search where none is left.
    const others = [...(list.current?.querySelectorAll('button') ?? [])].filter((_, at) => at !== index);
    (others[Math.min(index, others.length - 1)] ?? search.current)?.focus();
    change(dependsOn.filter((_, at) => at !== index));
  };
  return (
    <Dialog title={t('dependencies.edit')} onClose={onClose}>
      <p className="mb-4">{t('dependencies.editText')}</p>
      <div className="mb-6">
        <Finder
          taken={[system.id, ...dependsOn.map(({ systemId }) => systemId)]}
          search={search}
          onAdd={(found) => {
            search.current?.focus();
            change([...dependsOn, { ...found, hard: true }]);
          }}
        />
      </div>
      <Form {...form} labels={{}} onSubmit={form.submit} submit={t('action.save')} onCancel={onClose}>
        {dependsOn.length === 0 ? (
          <p className="text-soft">{t('dependencies.needsNothing')}</p>
        ) : (
          <ul ref={list} className="divide-y divide-line border-y border-line">
            {dependsOn.map((needed, index) => (
              <li key={needed.systemId} className="flex flex-wrap items-center justify-between gap-3 py-2">
                <b className="min-w-0">{needed.name}</b>
                <span className="flex flex-wrap items-center gap-3">
                  <CheckField
                    value={needed.hard}
                    onChange={(hard) => change(dependsOn.map((each) => (each === needed ? { ...each, hard } : each)))}
                  >
                    {t('dependencies.hard')}
                    <span className="sr-only">{needed.name}</span>
                  </CheckField>
                  <Button
                    aria-label={t('dependencies.removeNamed', { name: needed.name })}
                    onPress={() => remove(index)}
                  >
                    {t('dependencies.remove')}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Form>
      <Merging
        {...{ form, read, newest }}
        labels={{
          dependsOn: t('dependencies.needs'),
          'dependsOn.name': t('systemFields.name'),
          'dependsOn.hard': t('dependencies.hard'),
        }}
        show={text}
        titleOf={(_list, needed) => (needed as Needed).name}
        keys={{ dependsOn: ({ systemId }: Needed) => systemId }}
        onReload={() => {
          void refreshSystem(client);
          onClose();
        }}
      />
    </Dialog>
  );
}

interface FinderProps {
  taken: string[];
  search: RefObject<HTMLInputElement | null>;
  onAdd: (found: Omit<Needed, 'hard'>) => void;
}

/** Finds systems by name or number and adds them. */
function Finder({ taken, search, onAdd }: FinderProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [q, setQ] = useState('');
  const found = useQuery({ ...systemsQuery({ q, limit: 10 }), enabled: q !== '' });
  const items = q === '' ? [] : (found.data?.items ?? []).filter(({ id }) => !taken.includes(id));
  return (
    <div role="search">
      <SearchField label={t('dependencies.find')} value={q} onSearch={setQ} inputRef={search} />
      <ul aria-live="polite" className="mt-2 grid gap-1">
        {items.map((system) => (
          <li key={system.id} className="flex flex-wrap items-center justify-between gap-3">
            <span className="min-w-0">
              {format.name(system)} <span className="text-soft">{system.code}</span>
            </span>
            <Button
              icon="plus"
              aria-label={t('dependencies.addNamed', { name: format.name(system) })}
              onPress={() => onAdd({ systemId: system.id, name: format.name(system) })}
            >
              {t('dependencies.add')}
            </Button>
          </li>
        ))}
        {q !== '' && found.data && items.length === 0 && <li className="text-soft">{t('dependencies.notFound')}</li>}
      </ul>
    </div>
  );
}
