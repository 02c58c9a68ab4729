import { fieldProblem } from '../../platform/http/problem';

/** What must be left of a password without the words that anybody would try for its person. */
const LEFT_AT_LEAST = 8;
/** A part of a name or address shorter than this is in too many words to mean anything. */
const SHORTEST_PART = 4;

const LOOK_ALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'abcdefghijklmnopqrstuvwxyz'];

let common: Promise<ReadonlySet<string>> | undefined;

/** The 49,233 most common passwords of known leaks, out of the package; half a second and some megabytes, so only when it is needed. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return common;
}

/**
 * Refuses a password that is among the first that somebody would try: a common one, also with digits and signs around it, with letters replaced by
 * look-alikes or written several times; a run of the keyboard; or what is left of it without the person's name and address, and `sonae`, is short.
 * Offline: nothing leaves the machine (NIST SP 800-63B 3.1.1.2).
 * @param about the person's e-mail address and name.
 * @throws Problem 422 COMMON_PASSWORD for `field`.
 */
export async function requireUncommon(password: string, about: readonly string[], field: string): Promise<void> {
  if (await isCommon(password, about)) throw fieldProblem(422, field, 'COMMON_PASSWORD');
}

/** Whether somebody would try this password among the first. */
export async function isCommon(password: string, about: readonly string[]): Promise<boolean> {
  const known = await commonPasswords();
  const typed = password.normalize('NFKC').toLowerCase();
  return spellings(typed).some((spelling) => {
    const core = unitOf(spelling.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, ''));
    const whole = unitOf(spelling);
    return (
      known.has(whole) ||
      known.has(core) ||
      core.length < 4 ||
      isRun(whole) ||
      isRun(core) ||
      isShortOf(spelling, about)
    );
  });
}

/** As it is typed, and with look-alikes read as the letters that they stand for. */
function spellings(typed: string): string[] {
  const read = [...typed].map((character) => LOOK_ALIKES[character] ?? character).join('');
  return read === typed ? [typed] : [typed, read];
}

/** The shortest part that makes up a text by repetition, at most cut off at its end: `abcabcab` is `abc`. */
function unitOf(text: string): string {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const unit = text.slice(0, length);
    if (unit.repeat(Math.ceil(text.length / length)).startsWith(text)) return unit;
  }
  return text;
}

/** Whether a text goes along the keys or the alphabet, forwards or backwards, in no more than three pieces. */
function isRun(text: string): boolean {
  let rest = text;
  for (let pieces = 0; pieces < 3 && rest.length > 0; pieces += 1) {
    let length = 0;
    while (length < rest.length && isAlong(rest.slice(0, length + 1))) length += 1;
    if (length < 3) return false;
    rest = rest.slice(length);
  }
  return rest.length === 0;
}

function isAlong(piece: string): boolean {
  const backwards = [...piece].reverse().join('');
  return ROWS.some((row) => `${row}${row}`.includes(piece) || `${row}${row}`.includes(backwards));
}

function isShortOf(text: string, about: readonly string[]): boolean {
  const parts = [...about, 'sonae'].flatMap((words) =>
    words
      .normalize('NFKC')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u),
  );
  const left = parts
    .filter(
      (part) =>
        [...part].length >= SHORTEST_PART || /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{2,}$/u.test(part),
    )
    .reduce((remaining, part) => remaining.replaceAll(part, ''), text);
  return left !== text && [...left].length < LEFT_AT_LEAST;
}
