/** Results kept by the text they were made of, as long as they are few and their texts short together; then none is. */
export class KeptByText<Result> {
  readonly #known = new Map<string, Result>();
  readonly #most: { results: number; characters: number };
  #characters = 0;

  constructor(most: { results: number; characters: number }) {
    this.#most = most;
  }

  get(text: string): Result | undefined {
    return this.#known.get(text);
  }

  set(text: string, result: Result): void {
    if (this.#known.size >= this.#most.results || this.#characters + text.length > this.#most.characters) {
      this.#known.clear();
      this.#characters = 0;
    }
    this.#known.set(text, result);
    this.#characters += text.length;
  }
}
