import type { Json } from '../../payload/exact-json';

/** `main 20261126T202539 - Thu Nov 26 20:25:40 2026 - Size: 38.3 MiB - WAL Size: 0 B - WAITING_FOR_WALS`. */
const ROW = /^(\S+) (\d{8}T\d{6})\b.* - (.+)$/;
const TIME = /\b\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}\b/;
const STATUS = /\b(?:WAITING_FOR_WALS|FAILED|STARTED|EMPTY|SYNCING)\b/;
const SHOWN = /^Backup (\d{8}T\d{6}):\r?\n {2}Server Name/m;
const FIELD = /^ {2,4}([A-Z][\w ]{0,40}?) {0,40}: ([^\r\n]*)/gm;
const RUN = /^(?:Starting backup using|Verifying backup |Starting \w+ restore for server )/m;

/** What `check`, `status` and `show-servers` print for people: a server, and what is so with it. */
export const isServerText = (text: string): boolean => /^Server \S+:\r?\n\t\S/.test(text);

/** What barman prints for people, in the shape of what it prints with `-f json`; undefined when it is neither a list nor a run. Sizes are rounded and left out. */
export function documentOfText(text: string): Json | undefined {
  if (SHOWN.test(text)) return shownIn(text);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (RUN.test(text)) {
    const told = (level: string): string[] =>
      lines.flatMap((line) => (line.startsWith(`${level}: `) ? line.slice(level.length + 2) : []));
    const informed = lines.filter((line) => !/^(?:ERROR|EXCEPTION|WARNING): /.test(line));
    return { _INFO: informed, _WARNING: told('WARNING'), _ERROR: [...told('ERROR'), ...told('EXCEPTION')] };
  }
  const sets = lines.map(setOf);
  return lines.length > 0 && sets.every((set) => set !== null) ? byServer(sets) : undefined;
}

/** One backup a block, with times that have an offset. A block without its status, as of a text that was cut, is none. */
function shownIn(text: string): Json | undefined {
  const sets = text.split(/^(?=Backup \d{8}T\d{6}:)/m).flatMap((block) => {
    const [, id] = SHOWN.exec(block) ?? [];
    const fields = new Map([...block.matchAll(FIELD)].map(([, name = '', value = '']) => [name, value]));
    const [server, status] = [fields.get('Server Name'), fields.get('Status')];
    const [begin_time, end_time] = [fields.get('Begin time') ?? null, fields.get('End time') ?? null];
    if (!id || !server || !status) return [];
    return [[server, { backup_id: id, status, base_information: { begin_time, end_time } }] as const];
  });
  return sets.length > 0 ? Object.fromEntries(sets) : undefined;
}

function setOf(line: string): { server: string; set: { [key: string]: Json } } | null {
  const [, server, id] = ROW.exec(line) ?? [];
  const [time] = TIME.exec(line) ?? [];
  const [status] = STATUS.exec(line) ?? [];
  if (!server || !id || (!time && !status)) return null;
  return { server, set: { backup_id: id, status: status ?? 'DONE', ...(time && { end_time: time }) } };
}

function byServer(sets: readonly { server: string; set: { [key: string]: Json } }[]): Json {
  const servers = new Map<string, Json[]>();
  for (const { server, set } of sets) servers.set(server, [...(servers.get(server) ?? []), set]);
  return Object.fromEntries(servers);
}
