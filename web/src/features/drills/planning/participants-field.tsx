import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../ui/button';
import { ErrorText, TextField } from '../../../ui/form/field';
import { PersonField, peopleQuery } from '../../people/person-field';
import type { DrillDraft } from './drill-draft';

type Booking = DrillDraft['participants'][number];

interface ParticipantsFieldProps {
  label: string;
  value: Booking[];
  onChange: (value: Booking[]) => void;
  errorOf: (index: number) => string | undefined;
}

/** Who is booked, and for what. */
export function ParticipantsField({ label, value, onChange, errorOf }: ParticipantsFieldProps) {
  const { t } = useTranslation();
  const people = useQuery(peopleQuery).data ?? [];
  const add = (userId: string) => {
    const person = people.find(({ id }) => id === userId);
    if (person && !value.some((each) => each.userId === userId))
      onChange([...value, { userId, name: person.displayName, part: '' }]);
  };
  return (
    <fieldset>
      <legend className="mb-1 font-700">{label}</legend>
      <ul className="mb-2 grid gap-2">
        {value.map(({ userId, name, part }, index) => (
          <li key={userId} className="card grid gap-2">
            <span className="flex items-center justify-between gap-2">
              <span className="font-700">{name}</span>
              <IconButton
                icon="close"
                label={t('drills.fields.unbook', { name })}
                onPress={() => onChange(value.filter((each) => each.userId !== userId))}
              />
            </span>
            <TextField
              quiet
              name={`participants.${index}.part`}
              label={t('drills.fields.part', { name })}
              value={part}
              onChange={(text) =>
                onChange(value.map((each) => (each.userId === userId ? { ...each, part: text } : each)))
              }
            />
            {errorOf(index) && <ErrorText>{errorOf(index)}</ErrorText>}
          </li>
        ))}
      </ul>
      <PersonField name="participants" label={t('drills.fields.book')} value="" onChange={add} quiet />
    </fieldset>
  );
}
