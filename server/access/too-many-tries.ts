import { Refusal } from '../errors.ts';

/** TOO_MANY_TRIES, with the seconds after which another try has a chance: the header Retry-After. */
export class TooManyTries extends Refusal<'TOO_MANY_TRIES'> {
  readonly retryAfterS: number;
  constructor(retryAfterS: number, detail: string) {
    super('TOO_MANY_TRIES', detail);
    this.retryAfterS = retryAfterS;
  }
}
