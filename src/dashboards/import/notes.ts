const MOST_NOTES = 100;
const MOST_LENGTH = 300;

/** What could not be taken over, in words; each once, and so many at most. */
export class Notes {
  readonly #notes = new Set<string>();
  #more = 0;

  add(note: string): void {
    if (this.#notes.size < MOST_NOTES) this.#notes.add(note.length > MOST_LENGTH ? `${note.slice(0, MOST_LENGTH)}…` : note);
    else this.#more++;
  }

  list(): string[] {
    return this.#more > 0 ? [...this.#notes, `and ${this.#more} more`] : [...this.#notes];
  }
}
