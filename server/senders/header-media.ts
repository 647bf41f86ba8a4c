import { ApiError } from '../http/errors.ts';
import type { HeaderSample } from '../providers/meta/header-sample.ts';

/** The largest sample taken: Meta's limit for video, the largest that is worth showing to a reviewer. */
const largestSample = 16 * 1024 * 1024;
const patienceMs = 20_000;

/** Fetches the sample of a template's media header. Throws `InvalidTemplate` saying why it cannot be used. */
export async function fetchSample(url: string): Promise<HeaderSample> {
  const refuse = (fault: string) =>
    new ApiError('InvalidTemplate', `header.url ${JSON.stringify(url)} ${fault}`, { field: 'header.url' });
  if (!URL.canParse(url)) throw refuse('holds a field; submit the template with a fixed sample address');
  const answer = await fetch(url, { signal: AbortSignal.timeout(patienceMs) }).catch(() => null);
  if (!answer?.ok) throw refuse(`cannot be fetched (${answer ? `HTTP ${answer.status}` : 'no answer'})`);
  if (Number(answer.headers.get('content-length') ?? 0) > largestSample) throw refuse('is larger than 16 MB');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes.byteLength > largestSample) throw refuse('is larger than 16 MB');
  const contentType = answer.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  if (contentType === '') throw refuse('is served without a Content-Type');
  const fileName = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? 'sample';
  return { fileName, contentType, bytes };
}
