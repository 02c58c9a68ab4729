import { useCallback, useRef, useState, type FormEvent } from 'react';
import { flushSync } from 'react-dom';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../api/problem';

export interface FieldBinding<T> {
  name: string;
  value: T;
  onChange: (value: T) => void;
  error: string | undefined;
  isRequired: boolean;
}

export interface FormError {
  /** The field's name, or `null` for what concerns the whole form. */
  field: string | null;
  message: string;
}

interface FormOptions<V extends object, R> {
  initial: V;
  /** The form's name of a field as the service names it. */
  fieldOf?: (name: string) => string;
  required?: (values: V) => (keyof V & string)[];
  save: (values: V) => Promise<R>;
  onSaved: (result: R, values: V) => void;
  /** `save` only looks ahead: what is written stays unsaved until `markSaved`. */
  previews?: boolean;
}

const isEmpty = (value: unknown) =>
  value === '' || value === null || value === undefined || (Array.isArray(value) && value.length === 0);

// The service may write `copies[0].site`; the fields of the pages are named `copies.0.site`.
const indexed = (name: string) => name.replace(/\[(\d+)\]/g, '.$1');

/**
 * Values, errors and the saving of one form. An error of a field, from here or from the service, goes as soon as
 * that field changes. After a refusal the focus moves to the error summary.
 */
export function useForm<V extends object, R>(options: FormOptions<V, R>) {
  const { initial, fieldOf, required, save, onSaved, previews = false } = options;
  const { t } = useTranslation();
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<FormError[]>([]);
  // A reference, because the navigation after saving asks before the next drawing.
  const dirty = useRef(false);
  const summaryRef = useRef<HTMLDivElement>(null);
  const needed = required?.(values) ?? [];

  const refuse = useCallback((next: FormError[]) => {
    // At once: on a busy machine the next frame may come before the summary does.
    flushSync(() => setErrors(next));
    summaryRef.current?.focus();
  }, []);

  const mutation = useMutation({
    mutationFn: save,
    onSuccess: (result, sent) => {
      dirty.current = previews;
      onSaved(result, sent);
    },
    onError: (error) => {
      const byField = isProblem(error) ? error.errors : [];
      const fallback = t(isProblem(error, 0) ? 'problem.unreachable' : 'problem.unknown');
      const whole = { field: null, message: error.message || fallback };
      if (isProblem(error, 412)) return;
      refuse(
        byField.length > 0
          ? byField.map(({ field, message }) => ({ field: (fieldOf ?? indexed)(field), message }))
          : [whole],
      );
    },
  });

  /** `part`: the part of the field that changed, when the errors of its other parts stay. */
  const set = useCallback(<K extends keyof V & string>(name: K, value: V[K], part: string = name) => {
    dirty.current = true;
    setValues((old) => ({ ...old, [name]: value }));
    setErrors((old) => old.filter(({ field }) => field !== part && !field?.startsWith(`${part}.`)));
  }, []);

  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.message;

  return {
    values,
    set,
    errors,
    errorOf,
    isDirty: () => dirty.current,
    markSaved: () => {
      dirty.current = false;
    },
    summaryRef,
    pending: mutation.isPending,
    /** The row changed since it was read (412); cleared by `submit` or `dismissStale`. */
    stale: isProblem(mutation.error, 412),
    dismissStale: mutation.reset,
    bind: <K extends keyof V & string>(name: K): FieldBinding<V[K]> => ({
      name,
      value: values[name],
      onChange: (value) => set(name, value),
      error: errorOf(name),
      isRequired: needed.includes(name),
    }),
    /** Takes these values over, such as a merge of two versions, and saves them. */
    resubmit: (next: V) => {
      setValues(next);
      setErrors([]);
      mutation.mutate(next);
    },
    submit: (event?: FormEvent) => {
      event?.preventDefault();
      if (mutation.isPending) return;
      const missing = needed.filter((name) => isEmpty(values[name]));
      if (missing.length > 0) refuse(missing.map((field) => ({ field, message: t('form.missing') })));
      else {
        setErrors([]);
        mutation.mutate(values);
      }
    },
  };
}
