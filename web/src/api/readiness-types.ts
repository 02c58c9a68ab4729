import type { CoverageResponse, MoversPage, TrendResponse } from './generated/types.gen';

export type Coverage = CoverageResponse;
export type CoverageFigure = Coverage['figures'][number];
export type Movers = MoversPage;
export type Mover = Movers['items'][number];
export type Trend = TrendResponse;
export type TrendDay = Trend['days'][number];
