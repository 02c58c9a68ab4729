import { countAt, objectsAt, textAt } from '../../payload/json-values';
import type { ToolOutput } from '../../payload/tool-output';

/** The log of a task of Proxmox as text: also where the API gives it line by line, as `{ n, t }`. */
export function taskLogOf(output: ToolOutput): string {
  const rows = [...objectsAt(output.document), ...objectsAt(output.document, 'data')];
  const lines = rows.filter((row) => textAt(row, 't') !== null && countAt(row, 'n') !== null);
  if (lines.length === 0) return output.text.replaceAll('\r', '');
  return lines
    .sort((a, b) => Number(a['n']) - Number(b['n']))
    .map((line) => textAt(line, 't'))
    .join('\n');
}
