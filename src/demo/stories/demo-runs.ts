import type { DrillType } from '../../core/evidence/evidence';
import type { Recurrence } from '../../evidence/drills/drill.entity';

/** A drill that was held, or an outage where it has no type, with the minutes that each step of the procedure took. */
export interface DemoRun {
  code: string;
  daysAgo: number;
  title: string;
  type: DrillType | null;
  minutes: Readonly<Record<string, number>>;
  checkExpected: string | null;
  checkObserved: string | null;
  note: string;
}

/** A drill that is to come. */
export interface DemoBooking {
  code: string;
  inDays: number;
  title: string;
  type: DrillType;
  plannedMinutes: number;
  recurrence: Recurrence;
  checkExpected: string | null;
  participants: readonly { email: string; part: string; confirmed: boolean }[];
}

export const DEMO_RUNS: readonly DemoRun[] = [
  {
    ...{ code: 'RYOHI', daysAgo: 21, title: '秋季の機能訓練（遠隔地の写しからの復元）', type: 'FUNCTIONAL' },
    minutes: { declare: 12, infrastructure: 48, restore: 76, check: 25 },
    ...{ checkExpected: '前日最終の受付番号まで参照できる', checkObserved: '前日最終の受付番号まで参照できた' },
    note: '復元の前に代替回線の確認を済ませておくと、さらに10分短くできる。',
  },
  {
    ...{ code: 'NINSHO', daysAgo: 9, title: '電源設備の点検に伴う停止', type: null },
    minutes: { declare: 8, infrastructure: 31, restore: 34, check: 15 },
    ...{ checkExpected: null, checkObserved: null },
    note: '点検後に記憶装置が起動せず、待機系へ切り替えた。',
  },
];

export const DEMO_BOOKINGS: readonly DemoBooking[] = [
  {
    ...{ code: 'SHINSEI', inDays: 9, title: '復元手順の再訓練', type: 'FUNCTIONAL', plannedMinutes: 240 },
    ...{ recurrence: 'ONCE', checkExpected: '前日最終の申請番号まで参照できる' },
    participants: [
      { email: 'owner@demo.example', part: '進行', confirmed: true },
      { email: 'deputy@demo.example', part: '復元', confirmed: false },
    ],
  },
  {
    ...{ code: 'RYOHI', inDays: 24, title: '机上訓練（身代金要求型の攻撃）', type: 'TABLETOP', plannedMinutes: 90 },
    ...{ recurrence: 'BY_POLICY', checkExpected: null },
    participants: [{ email: 'owner@demo.example', part: '進行', confirmed: false }],
  },
];
