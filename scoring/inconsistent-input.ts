/** Form, programme and banks do not belong together: nothing can be scored. */
export class InconsistentInput extends Error {
  /** where it shows: section, item or scale */
  readonly place: string;
  constructor(place: string, what: string) {
    super(`${place}: ${what}`);
    this.name = 'InconsistentInput';
    this.place = place;
  }
}
