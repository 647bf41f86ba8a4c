import type { TemplateFault } from '../../content/templates/text-faults.ts';
import { ApiError } from '../../http/errors.ts';
import type { MessagePreview } from './preview-message.ts';

/** What is wrong with a field, as the answer tells it. */
type ToldFault = Pick<TemplateFault, 'field' | 'line' | 'fault'>;

/**
 * Puts the faults of what is being written beside how it looks. What cannot be read at all looks like nothing, and its faults say why;
 * what has none and cannot be shown throws as `seen` does.
 */
export async function seenWithFaults(
  faults: readonly ToldFault[],
  seen: () => Promise<MessagePreview>,
): Promise<MessagePreview & { faults: ToldFault[] }> {
  try {
    return { ...(await seen()), faults: [...faults] };
  } catch (error) {
    const [first] = faults;
    if (!first || !(error instanceof ApiError) || error.code !== 'InvalidTemplate') throw error;
    return {
      ...nothing,
      skip: { reason: 'renderError', detail: `${first.field} ${first.fault}` },
      faults: [...faults],
    };
  }
}

const nothing: MessagePreview = {
  ...{
    message: null,
    whatsApp: null,
    preheader: null,
    skip: null,
    locale: null,
    segments: 0,
    encoding: null,
  },
  ...{ characters: null, links: 0, priceMicros: null, notes: [], dataFields: {} },
};
