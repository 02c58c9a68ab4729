import type { ToolAdapter } from './tool-adapter';

/** Every tool that an inlet understands. A tool is one file and one line here. */
export const TOOLS: readonly ToolAdapter[] = [];
