import type { TrendResponse } from './generated/types.gen';

export type Trend = TrendResponse;
export type TrendDay = Trend['days'][number];
