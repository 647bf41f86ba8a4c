import type { Wire } from '../wire.ts';
import { metaAccount } from './account.ts';
import { metaApproval } from './approval.ts';
import { metaCallbacks } from './callbacks.ts';
import { metaError } from './error-codes.ts';
import { metaFlows } from './flows.ts';
import { metaNumbers } from './managed-number.ts';
import { createMetaWire } from './meta-wire.ts';
import { metaSetUp } from './set-up.ts';
import { simulatedMeta } from './simulated.ts';

/** WhatsApp by Meta's Cloud API. */
export const meta: Wire = {
  name: 'meta',
  title: 'Meta',
  media: ['whatsApp'],
  account: metaAccount,
  setUp: metaSetUp,
  errorOf: metaError,
  open: ({ exchanges }) => createMetaWire(exchanges),
  callbacks: metaCallbacks,
  wireAddressFault: (address) =>
    /^\d{5,20}$/.test(address) ? null : 'wireAddress is missing; give Meta’s phone-number id, digits only',
  templates: metaApproval,
  numbers: metaNumbers,
  flows: metaFlows,
  simulated: simulatedMeta,
};
