import type { MoversPage, TrendResponse } from './generated/types.gen';

export type Movers = MoversPage;
export type Mover = Movers['items'][number];
export type Trend = TrendResponse;
export type TrendDay = Trend['days'][number];
