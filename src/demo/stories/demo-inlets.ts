/** A tool of the demo that reports every night, and how that goes. */
export interface DemoInlet {
  code: string;
  name: string;
  /** The site of the declared copy that it reports of. */
  copySite: string;
  bytes: number;
  /** Hours since it last reported; what is not silent reports while the demo runs. */
  silentHours: number;
  /** What its last backup is of those before it. */
  lastOfUsual: number;
}

export const DEMO_INLETS: readonly DemoInlet[] = [
  {
    ...{ code: 'RYOHI', name: '夜間の全体バックアップ（restic）', copySite: '関西データセンター' },
    ...{ bytes: 48_100_000_000, silentHours: 0, lastOfUsual: 1 },
  },
  {
    // The red story: the tool has said nothing since the newest recovery point.
    ...{ code: 'SHINSEI', name: '夜間の全体バックアップ（restic）', copySite: '関西データセンター' },
    ...{ bytes: 212_000_000_000, silentHours: 30, lastOfUsual: 1 },
  },
  {
    ...{ code: 'KENSHU', name: '夜間の差分バックアップ（restic）', copySite: 'クラウド（西日本）' },
    ...{ bytes: 9_400_000_000, silentHours: 0, lastOfUsual: 0.4 },
  },
];
