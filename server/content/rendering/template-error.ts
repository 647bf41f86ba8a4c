/** What is wrong with a template, for the person who writes it. `message` starts with the line where that is known. */
export class TemplateError extends Error {
  /** Line of the source, from 1; null when it is the rendering, not a place in the source, that failed. */
  readonly line: number | null;

  constructor(line: number | null, fault: string) {
    super(line === null ? fault : `line ${line}: ${fault}`);
    this.name = 'TemplateError';
    this.line = line;
  }
}
