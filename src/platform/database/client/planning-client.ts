import { createHash } from 'node:crypto';
import { Client } from 'pg';

const READING = /^\s*(?:SELECT|WITH)\b/i;
/** A statement that begins with WITH may write, and one that reads may lock. */
const WRITING = /\b(?:INSERT INTO|UPDATE|DELETE FROM)\b/;
const onlyReads = (text: string): boolean => READING.test(text) && !WRITING.test(text);
/** What is asked less often is not worth a plan that is kept. */
const ASKED_BEFORE = 2;
/** Texts of which is known how often they were asked; beyond it all begin anew. */
const MOST_TEXTS = 2_000;
/** Plans that one connection keeps: a large one takes a quarter of a megabyte of the server. */
const MOST_PLANS = 64;
/** A pooler in between that gives each statement another connection loses all of them: then nothing is gained. */
const MOST_LOSSES = 3;
/** SQLSTATEs of a plan whose columns have changed, and of one that the server has dropped. */
const PLAN_IS_GONE: readonly unknown[] = ['0A000', '26000'];

/** How often each text has been asked, by any connection, and the name of its plan. */
const asked = new Map<string, { times: number; name: string }>();

/**
 * A connection that has what is read again and again planned once. The lists of screens join up to twenty tables: planning one takes many times as long as reading a page
 * of it. Only what is read outside of a transaction is named: what is written goes by plans of its own size.
 */
export class PlanningClient extends Client {
  private readonly plans = new Set<string>();
  private losses = 0;

  override query(...given: unknown[]): never {
    const [text, values] = given;
    const name = given.length <= 2 && typeof text === 'string' && this.nameOf(text);
    if (!name) return this.ask(...given) as never;
    const planned = this.ask({ name, text, values: values ?? [] }) as Promise<unknown>;
    return planned.catch((error: { code?: unknown }) => {
      if (!PLAN_IS_GONE.includes(error.code)) throw error;
      this.losses += 1;
      this.plans.clear();
      return this.ask(text, values);
    }) as never;
  }

  private ask(...given: unknown[]): unknown {
    return (super.query as (...all: unknown[]) => unknown).apply(this, given);
  }

  private nameOf(text: string): string | null {
    if (this.losses > MOST_LOSSES || this.getTransactionStatus() !== 'I' || !onlyReads(text)) return null;
    const known = asked.get(text) ?? { times: 0, name: '' };
    known.times += 1;
    if (known.times <= ASKED_BEFORE) {
      if (asked.size >= MOST_TEXTS) asked.clear();
      asked.set(text, known);
      return null;
    }
    known.name ||= createHash('sha256').update(text).digest('base64url').slice(0, 24);
    const name = `${known.name}.${this.losses}`;
    if (this.plans.size >= MOST_PLANS && !this.plans.has(name)) return null;
    this.plans.add(name);
    return name;
  }
}
