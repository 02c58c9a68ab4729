import { EntityManager } from 'typeorm';
import type { Reason } from '../../core/readiness/reason';
import { LOCALES, type Locale } from '../../platform/messages/messages';
import { renderReason } from '../../platform/messages/render-reason';
import type { RuleTitles } from '../rule-titles';

/** The same words in every language. */
export type BothLanguages = Readonly<Record<Locale, string>>;

/** Words in both languages, of the policy that was in force. */
export class FrozenWording {
  constructor(
    private readonly m: EntityManager,
    private readonly titles: RuleTitles,
    private readonly timeZone: string,
  ) {}

  /** Makes the policies of these rows ready. */
  load(rows: readonly { policyId: string | null }[]): Promise<void> {
    return this.titles.load(
      rows.map(({ policyId }) => policyId),
      this.m,
    );
  }

  /** The title of a rule, or of the improvement item that is the duty. */
  title(policyId: string | null, ruleKey: string, itemTitle: string | null = null): BothLanguages {
    return inBoth((locale) => itemTitle ?? this.titles.title(policyId, ruleKey, locale));
  }

  /** The sentence of a reason. */
  reason(policyId: string | null, reason: Reason): BothLanguages {
    return inBoth((locale) => {
      const ruleTitle = (ruleKey: string): string => this.titles.title(policyId, ruleKey, locale);
      return renderReason(reason, { locale, timeZone: this.timeZone, ruleTitle }).text;
    });
  }
}

function inBoth(word: (locale: Locale) => string): BothLanguages {
  return Object.fromEntries(LOCALES.map((locale) => [locale, word(locale)])) as unknown as BothLanguages;
}
