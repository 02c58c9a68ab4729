/** Operating systems by verdict. */
export class VerdictFigures {
  READY: number;
  READY_WITH_WAIVERS: number;
  AT_RISK: number;
  NOT_READY: number;
  UNKNOWN: number;
}
