/**
 * What a person sent that is more than words, or other than words. The closed list: what a provider adds comes as `unsupported`
 * until it is read here.
 */
export type InboundContent =
  /** A file; its words are a caption. */
  | {
      kind: 'media';
      type: 'image' | 'video' | 'audio' | 'document' | 'sticker';
      filename?: string;
      /** A voice note. */
      isVoice?: boolean;
    }
  /** A button of a message was pressed. */
  | { kind: 'buttonReply'; id: string; title: string }
  /** A row of a list was chosen. */
  | { kind: 'listReply'; id: string; title: string; description?: string }
  /** A form was filled in: a flow, or an address that was asked for. */
  | { kind: 'flow'; name: string; response: Readonly<Record<string, unknown>> }
  | { kind: 'location'; latitude: number; longitude: number; name?: string; address?: string }
  | {
      kind: 'contacts';
      contacts: readonly { name: string; phones: readonly string[] }[];
      /** It is the person's own, which they were asked for. */
      isOwn?: boolean;
    }
  | { kind: 'order'; catalogId: string; items: readonly OrderedItem[] }
  /** A sign on a message; null where it was taken back. */
  | { kind: 'reaction'; messageId: string; emoji: string | null }
  /** Other words for a message of theirs. */
  | { kind: 'edit'; messageId: string }
  /** A message of theirs that they took back. */
  | { kind: 'revoke'; messageId: string }
  /** Whether we may call. */
  | { kind: 'callPermission'; mayCall: boolean }
  /** Something that the provider does not hand on, or that is not read yet. */
  | { kind: 'unsupported'; type: string };

/** A product that was ordered, at the price that its catalogue told. */
export interface OrderedItem {
  productId: string;
  quantity: number;
  price: number;
  currency: string;
}

/** The ad or post that led somebody to write, as the network tells it. */
export interface Referral {
  sourceType: string;
  sourceId: string;
  sourceUrl?: string;
  headline?: string;
  body?: string;
  mediaType?: string;
  /** By which the ad's owner knows the click. */
  clickId?: string;
}

/** Whether what was sent is something new that a person says, by which a session opens: no sign, no change of what was said. */
export function opensSession(content: InboundContent | undefined): boolean {
  return content === undefined || !['reaction', 'edit', 'revoke'].includes(content.kind);
}
