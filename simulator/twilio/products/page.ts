import { type Answer, type Call, isOf2010 } from './call.ts';

/** Page sizes (Twilio OpenAPI): 50 unless asked for, 1000 at most. */
const pageSizes = { usual: 50, most: 1000 };

function wholeNumber(text: string | null, usual: number): number {
  const number = Number(text ?? usual);
  return Number.isInteger(number) && number >= 0 ? number : usual;
}

/** A page of a list under `key`, with the addresses of its neighbours: in `meta`, or as the API of 2010 has them. */
export function pageOf<T>(call: Call, key: string, rows: T[], show: (row: T) => unknown): Answer {
  const size = Math.min(
    Math.max(1, wholeNumber(call.query.get('PageSize'), pageSizes.usual)),
    pageSizes.most,
  );
  const page = wholeNumber(call.query.get('Page'), 0);
  const start = page * size;
  const shown = rows.slice(start, start + size).map(show);
  const addressOf = (number: number) => {
    const query = new URLSearchParams(call.query);
    query.set('PageSize', String(size));
    query.set('Page', String(number));
    return isOf2010(call) ? `${call.path}.json?${query}` : `${call.origin}${call.path}?${query}`;
  };
  const next = start + size < rows.length ? addressOf(page + 1) : null;
  const previous = page > 0 ? addressOf(page - 1) : null;
  if (!isOf2010(call)) {
    const meta = {
      page,
      page_size: size,
      first_page_url: addressOf(0),
      previous_page_url: previous,
      url: addressOf(page),
      next_page_url: next,
      key,
    };
    return { status: 200, json: { meta, [key]: shown } };
  }
  return {
    status: 200,
    json: {
      page,
      page_size: size,
      start,
      end: start + Math.max(0, shown.length - 1),
      uri: addressOf(page),
      first_page_uri: addressOf(0),
      previous_page_uri: previous,
      next_page_uri: next,
      [key]: shown,
    },
  };
}
