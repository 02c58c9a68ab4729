import type { CoverageResponse, EffectiveReadinessResponse, MoversPage, TrendResponse } from './generated/types.gen';

export type Coverage = CoverageResponse;
export type CoverageFigure = Coverage['figures'][number];
export type EffectiveReadiness = EffectiveReadinessResponse;
export type EffectiveTier = EffectiveReadiness['tiers'][number];
export type Movers = MoversPage;
export type Mover = Movers['items'][number];
export type Trend = TrendResponse;
export type TrendDay = Trend['days'][number];
