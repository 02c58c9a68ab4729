import { ApiProblem } from '../../../api/problem';
import type { BackupRequirement, Inlet } from '../../../api/types';

export const SCHEDULE_KINDS = ['INTERVAL', 'CRON', 'CALENDAR'] as const;

/** The tool that can be read only by a mapping. */
export const MAPPED_TOOL = 'generic-json';

/** What the form of an inlet holds: names one a line, the mapping as JSON. */
export interface InletDraft {
  name: string;
  tool: string;
  scheduleKind: (typeof SCHEDULE_KINDS)[number] | '';
  schedule: string;
  grace: string;
  timeZone: string;
  copySite: string;
  ownNames: string;
  mapping: string;
}

export const newInlet = ({ interval }: BackupRequirement): InletDraft => ({
  ...{ name: '', tool: '', scheduleKind: 'INTERVAL', schedule: interval, grace: 'PT1H', timeZone: 'Asia/Tokyo' },
  ...{ copySite: '', ownNames: '', mapping: '' },
});

export const draftOf = (inlet: Inlet): InletDraft => ({
  ...{ name: inlet.name, tool: inlet.tool ?? '', scheduleKind: inlet.scheduleKind, schedule: inlet.schedule },
  ...{ grace: inOneUnit(inlet.grace), timeZone: inlet.timeZone, copySite: inlet.copySite ?? '' },
  ownNames: inlet.ownNames.join('\n'),
  mapping: inlet.mapping ? JSON.stringify(inlet.mapping, null, 2) : '',
});

/** The field takes hours or minutes, and the service writes `P1DT2H`. */
function inOneUnit(iso: string): string {
  const [, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(iso) ?? [];
  const whole = Number(days ?? 0) * 24 + Number(hours ?? 0);
  return minutes ? `PT${whole * 60 + Number(minutes)}M` : `PT${whole}H`;
}

export const requiredOf = ({ tool }: InletDraft): (keyof InletDraft)[] => [
  ...(['name', 'scheduleKind', 'schedule', 'grace', 'timeZone'] as const),
  ...(tool === MAPPED_TOOL ? (['mapping'] as const) : []),
];

/** What is sent of a draft. Rejects, as the service would, a mapping that is no JSON. @param noJson how that is said. */
export async function bodyOf({ tool, copySite, ownNames, mapping, ...rest }: InletDraft, noJson: string) {
  const names = ownNames.split('\n').map((name) => name.trim());
  return {
    ...rest,
    tool: tool || null,
    copySite: copySite || null,
    ownNames: [...new Set(names.filter(Boolean))],
    mapping: mapping.trim() ? parsed(mapping, noJson) : null,
  };
}

function parsed(mapping: string, noJson: string): unknown {
  try {
    return JSON.parse(mapping);
  } catch {
    throw new ApiProblem(422, { errors: [{ field: 'mapping', code: 'NOT_JSON', message: noJson }] });
  }
}
