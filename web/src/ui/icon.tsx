const PATHS = {
  check: 'm5 12.5 4.5 4.5L19 7.5',
  calendar: 'M4 6h16v14H4V6Zm0 5h16M8 3v5m8-5v5',
  clock: 'M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z',
  alert: 'M12 9.5v4M12 17v.1M12 3.5 2.5 20h19L12 3.5Z',
  cross: 'm8.5 8.5 7 7m0-7-7 7M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z',
  blank: 'M6 3h8l4 4v14H6V3Zm4 9h4',
  shield: 'M12 3 5 6v5.5c0 4.3 3 7.3 7 8.5 4-1.2 7-4.2 7-8.5V6l-7-3ZM9 12h6',
  minus: 'M6 12h12',
  gauge: 'M4.5 18a9 9 0 1 1 15 0M12 14l4-5M12 14v.1',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1',
  copy: 'M8 8h12v12H8V8Zm-4 8V4h12',
  stack: 'm12 4 9 4.5-9 4.500-9-4.500L12 4Zm-9 9 9 4.500 9-4.500',
  server: 'M4 4h16v7H4V4Zm0 9h16v7H4v-7ZM8 7.5v.1M8 16.5v.1',
  download: 'M12 4v12m0 0 5-5m-5 5-5-5M4 17v3h16v-3',
  upload: 'M12 16V4m0 0L7 9m5-5 5 5M4 17v3h16v-3',
  mail: 'M3 6h18v13H3V6Zm0 .500 9 7 9-7',
  rules: 'M6 3h12v18H6V3Zm3.5 5h5m-5 4h5m-5 4h3',
  tree: 'M9 3h6v5H9V3ZM3 16h6v5H3v-5Zm12 0h6v5h-6v-5ZM12 8v4m-6 4v-4h12v4',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 9a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5m2 3a6.5 6.5 0 0 1 3.5 6',
  menu: 'M4 6h16M4 12h16M4 18h16',
  close: 'm6 6 12 12M18 6 6 18',
  down: 'm6 9.5 6 6 6-6',
  rise: 'M12 20V5m0 0-6 6m6-6 6 6',
  fall: 'M12 4v15m0 0-6-6m6 6 6-6',
  right: 'm9.5 6 6 6-6 6',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm0-6v2m0 16v2M2 12h2m16 0h2M5 5l1.4 1.4M17.6 17.6 19 19M19 5l-1.4 1.4M6.4 17.6 5 19',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 9a8 8 0 0 1 16 0',
  printer: 'M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7v-7Z',
  plus: 'M12 5v14M5 12h14',
  language: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 0c-5 5.5-5 12.5 0 18 5-5.5 5-12.5 0-18ZM3.5 9.5h17m-17 5h17',
  key: 'M15 3a6 6 0 0 0-5.8 7.5L3 16.800V21h4.500v-2.500H10V16l2.500-2.200A6 6 0 1 0 15 3Zm1.500 4.500v.1',
  info: 'M12 11v6m0-9.5v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z',
  exit: 'M14 4H5v16h9m-4-8h11m0 0-4-4m4 4-4 4',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside a word; it is never the only bearer of a meaning, so assistive technology skips it. */
export function Icon({ name, className = 'size-5' }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className={`shrink-0 ${className.includes('hidden') ? '' : 'inline-block'} ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
