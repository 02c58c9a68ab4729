import type { ReactNode } from 'react';

/** One second factor and what can be done with it. */
export function FactorRow({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-8 border border-line px-4 py-2">
      <div className="min-w-0">
        <p className="font-700 break-words">{title}</p>
        <p className="text-[0.875rem] text-soft">{text}</p>
      </div>
      <div className="flex flex-wrap gap-2">{children}</div>
    </li>
  );
}
