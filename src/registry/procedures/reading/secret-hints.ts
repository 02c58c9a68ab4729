import { secretLikes } from '../../../core/procedure/secret-like';
import type { ProcedureStep } from '../procedure-version.entity';
import type { SecretHintResponse } from './passages.dto';

/** Where the free texts of a procedure seem to hold a key or a password. */
export function secretHints({
  markdown,
  steps,
}: {
  markdown: string;
  steps: Pick<ProcedureStep, 'title' | 'instructions'>[];
}): SecretHintResponse[] {
  const texts = [
    ['markdown', markdown],
    ...steps.flatMap(({ title, instructions }, index) => [
      [`steps[${index}].title`, title],
      [`steps[${index}].instructions`, instructions ?? ''],
    ]),
  ] as [string, string][];
  return texts.flatMap(([field, text]) => secretLikes(text).map((hint) => ({ ...hint, field })));
}
