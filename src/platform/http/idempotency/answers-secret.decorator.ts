import { SetMetadata } from '@nestjs/common';

/** Metadata of a route whose answer holds a secret. */
export const ANSWERS_SECRET = 'sonae:answers-secret';

/** For a route whose answer holds a secret that is shown once: it is never kept, so an `Idempotency-Key` is refused. */
export const AnswersSecret = (): MethodDecorator => SetMetadata(ANSWERS_SECRET, true);
