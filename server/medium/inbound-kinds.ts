/**
 * What people send: words alone (`text`), or what stands in `providers/inbound-content.ts` with what it holds. The closed list; what a provider adds
 * is `unsupported` until it is read.
 */
export const inboundKinds = [
  'text',
  'media',
  'buttonReply',
  'listReply',
  'flow',
  'location',
  'contacts',
  'order',
  'reaction',
  'edit',
  'revoke',
  'callPermission',
  'unsupported',
] as const;

export type InboundKind = (typeof inboundKinds)[number];
