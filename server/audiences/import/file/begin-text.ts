import { encodingOfSample } from './encoding.ts';
import { refuseOtherFiles, UnreadableFile } from './unreadable-file.ts';
import { isZip } from './workbook.ts';

/** Characters by which a file is told to be written so or so. */
const headCharacters = 20_000;

/**
 * The beginning of a file's text as it comes, and all of it; `remedy` is what an empty one is told to have.
 * @throws UnreadableFile where it is empty, or no text
 */
export async function beginText(
  content: AsyncIterable<Uint8Array>,
  remedy: string,
): Promise<{ head: string; text: AsyncGenerator<string> }> {
  const chunks = content[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < headCharacters) {
    const { value, done } = await chunks.next();
    if (done) break;
    first.push(value);
    size += value.length;
  }
  const sample = Buffer.concat(first);
  if (sample.length === 0) throw new UnreadableFile(`the file is empty; ${remedy}`);
  if (isZip(sample))
    throw new UnreadableFile('the file is a workbook or an archive; save the sheet as CSV and send that');
  refuseOtherFiles(sample);
  const decoder = new TextDecoder(encodingOfSample(sample) ?? 'utf-8');
  const head = decoder.decode(sample, { stream: true });
  async function* text(): AsyncGenerator<string> {
    yield head;
    for (;;) {
      const { value, done } = await chunks.next();
      if (done) break;
      yield decoder.decode(value, { stream: true });
    }
    yield decoder.decode();
  }
  return { head: head.slice(0, headCharacters), text: text() };
}
