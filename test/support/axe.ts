import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** One broken accessibility rule with every place where it is broken. */
export interface AxeViolation {
  id: string;
  impact: string;
  help: string;
  nodes: { target: string; html: string; failure: string }[];
}

/** WCAG 2.0, 2.1 and 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * Checks the page as it stands against WCAG 2.0 to 2.2, A and AA. The checker enters through the debugging protocol,
 * which a strict Content-Security-Policy does not bind. `include` is a CSS selector limiting the check to a part, `rules` names those
 * that are checked instead of all.
 *
 * @returns the violations, empty when there are none.
 * @throws Error when `include` matches nothing.
 */
export async function axeViolations(
  page: Page,
  { include, rules }: { include?: string; rules?: string[] } = {},
): Promise<AxeViolation[]> {
  // The source is half a megabyte: a document that has it keeps it.
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axe.source);
  const only = rules ? { type: 'rule' as const, values: rules } : { type: 'tag' as const, values: TAGS };
  const run = { ...(include && { include: [include] }), only };
  const { violations } = await page.evaluate(async ({ include, only }): Promise<AxeResults> => {
    const inPage = (globalThis as unknown as { axe: typeof axe }).axe;
    // The checker is in this document only; asking into a sandboxed frame makes the browser complain.
    const options = {
      runOnly: only,
      resultTypes: ['violations' as const],
      iframes: false,
    };
    return include ? inPage.run({ include }, options) : inPage.run(options);
  }, run);
  return violations.map(({ id, impact, help, nodes }) => ({
    id,
    impact: impact ?? 'unknown',
    help,
    nodes: nodes.map((node) => ({
      target: node.target.flat().join(' '),
      html: node.html,
      failure: node.failureSummary ?? '',
    })),
  }));
}
