import type { Exchanges } from '../exchange.ts';
import { parseRecord, textAt } from '../json-reading.ts';
import type { HeaderSample, UploadResult } from '../template-approval.ts';
import type { MetaAccount } from './account.ts';
import { graphRefusal, graphRequest } from './graph.ts';

/**
 * Uploads a header's sample by Meta's resumable upload and gives the handle a new template names. The upload
 * belongs to the app whose token the account uses, so the app is asked for first.
 */
export async function uploadHeaderSample(
  account: MetaAccount,
  sample: HeaderSample,
  exchanges: Exchanges,
): Promise<UploadResult> {
  const app = await fieldOf(exchanges, graphRequest(account, 'GET', 'app?fields=id'), 'id');
  if (!app.ok) return { outcome: 'failed', detail: app.detail };
  const query = new URLSearchParams({
    file_name: sample.fileName,
    file_length: String(sample.bytes.byteLength),
    file_type: sample.contentType,
  });
  const session = await fieldOf(
    exchanges,
    graphRequest(account, 'POST', `${app.value}/uploads?${query}`),
    'id',
  );
  if (!session.ok) return { outcome: 'failed', detail: session.detail };
  const request = graphRequest(account, 'POST', session.value);
  const upload = request && { ...request, headers: uploadHeaders(account), body: sample.bytes };
  const handle = await fieldOf(exchanges, upload, 'h');
  return handle.ok
    ? { outcome: 'uploaded', handle: handle.value }
    : { outcome: 'failed', detail: handle.detail };
}

/** The upload itself takes the token under another scheme than the rest of the API. */
function uploadHeaders(account: MetaAccount): string[] {
  return ['authorization', `OAuth ${account.accessToken}`, 'file_offset', '0'];
}

type Field = { ok: true; value: string } | { ok: false; detail: string };

async function fieldOf(
  exchanges: Exchanges,
  request: Parameters<Exchanges['run']>[0] | null,
  name: string,
): Promise<Field> {
  if (request === null) return { ok: false, detail: 'the account has no usable base URL' };
  const exchange = await exchanges.run(request);
  if (exchange.kind !== 'answered') return { ok: false, detail: exchange.detail };
  const value = textAt(parseRecord(exchange.body), name);
  return value === undefined
    ? { ok: false, detail: graphRefusal(exchange).detail || `no ${name} in the answer` }
    : { ok: true, value };
}
