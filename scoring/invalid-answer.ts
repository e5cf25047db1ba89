/**
 * A stored answer that is not a possible answer: unknown option, number outside the response scale, item that is not on the form.
 * It is never clipped to the nearest value and never counted as missing: the file or the program is wrong, and a score would be a guess.
 * The message names the item and never the value.
 */
export class InvalidAnswer extends Error {
  readonly item: string;
  readonly reason: 'not-on-form' | 'not-an-option' | 'not-a-response';
  constructor(item: string, reason: InvalidAnswer['reason']) {
    super(`answer to item ${item}: ${reason}`);
    this.name = 'InvalidAnswer';
    this.item = item;
    this.reason = reason;
  }
}
