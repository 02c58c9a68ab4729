import { useEffect, useRef, useState, type Ref } from 'react';

const PAUSE_MS = 350;

/** A text filter: it searches a moment after the last letter, or on Enter. */
export function SearchField({
  label,
  value,
  onSearch,
  inputRef,
}: {
  label: string;
  value: string;
  onSearch: (text: string) => void;
  inputRef?: Ref<HTMLInputElement>;
}) {
  const [text, setText] = useState(value);
  const search = useRef(onSearch);
  search.current = onSearch;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => search.current(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <label className="block">
      <span className="mb-1 block text-[0.875rem] text-soft">{label}</span>
      <input
        ref={inputRef}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // The form that it stands in is not sent by it.
          event.preventDefault();
          search.current(text);
        }}
        className="control"
      />
    </label>
  );
}
