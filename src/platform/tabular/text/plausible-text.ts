/** Tells real text from text read in the wrong encoding, by the company its non-ASCII characters keep. */

const NON_ASCII_RUN = /[^\p{ASCII}]+/gu;
const JAPANESE_MARK = /[\u2010-\u27BF\u3000-\u33FF\uFF01-\uFF60\uFFE0-\uFFE6]/u;
const HALF_WIDTH_KATAKANA = /[\uFF61-\uFF9F]/gu;
const KANJI_OR_MARK = /[\u2010-\u27BF\u3000-\u33FF\u4E00-\u9FFF\uFF01-\uFF60]/gu;
const PRIVATE_USE = /[\uE000-\uF8FF]/;
const TYPOGRAPHY = /[\xA0«»‘’“”–—…]/g;
const ASCII_LETTER = /[A-Za-z]/;

/** Weighs the text of a whole file, chunk by chunk. */
export class JapaneseEvidence {
  private likely = 0;
  private unlikely = 0;
  private halfWidth = 0;
  private fullWidth = 0;

  add(text: string): void {
    for (const match of text.matchAll(NON_ASCII_RUN)) {
      const run = match[0];
      const halfWidth = run.match(HALF_WIDTH_KATAKANA)?.length ?? 0;
      const fullWidth = run.match(KANJI_OR_MARK)?.length ?? 0;
      this.halfWidth += halfWidth;
      this.fullWidth += fullWidth;
      if (
        this.isLikely(run, halfWidth, fullWidth, text.charAt(match.index - 1), text.charAt(match.index + run.length))
      ) {
        this.likely += run.length;
      } else {
        this.unlikely += run.length;
      }
    }
  }

  /** More likely Japanese than a Western text, in which `n’t` and `é` + letter happen to be pairs of CP932. */
  get plausible(): boolean {
    return this.likely > 0 && this.likely >= this.unlikely;
  }

  /** EUC-JP and other East Asian encodings read as CP932 turn into half-width katakana for the most part. */
  get mostlyHalfWidth(): boolean {
    return this.halfWidth > this.fullWidth;
  }

  private isLikely(run: string, halfWidth: number, fullWidth: number, before: string, after: string): boolean {
    // Western text makes a pair of one accented letter and the next: four in a row would be a strange word.
    if (JAPANESE_MARK.test(run) || (fullWidth >= 4 && fullWidth === run.length)) return true;
    // What Windows gives to private characters is `ö` and `ø` with a letter.
    if (PRIVATE_USE.test(run)) return false;
    if (halfWidth === run.length) return run.length >= 3;
    return !ASCII_LETTER.test(before) && !ASCII_LETTER.test(after);
  }
}

/**
 * In Western text accented letters and signs stand alone, but for curly quotes, dashes and hard spaces beside them; in
 * misread Cyrillic or East Asian text they crowd.
 */
export class WesternEvidence {
  private typographic = 0;
  private single = 0;
  private crowded = 0;

  add(text: string): void {
    this.typographic += text.match(TYPOGRAPHY)?.length ?? 0;
    for (const [run] of text.replace(TYPOGRAPHY, ' ').matchAll(NON_ASCII_RUN)) {
      if (run.length === 1) this.single += 1;
      // `Größe` and `créé` are words; three in a row hardly are.
      else this.crowded += run.length === 2 ? 1 : run.length;
    }
  }

  get plausible(): boolean {
    return this.crowded === 0 ? this.single + this.typographic > 0 : this.single > this.crowded;
  }
}
