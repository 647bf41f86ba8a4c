import type { FoundNumber, NewSender } from '../../api/provider-accounts.ts';
import type { Sender } from '../../api/senders.ts';

/** A sender as it is being filled in. */
export interface SenderDraft {
  key: string;
  isChosen: boolean;
  /** Whether the provider told of it, so that its address is fixed. */
  isFound: boolean;
  kind: Sender['kind'];
  address: string;
  wireAddress: string;
  name: string;
  purpose: Sender['purpose'];
  country: string;
  /** Segments a second; empty for the usual. */
  mps: number | '';
  usualMps: number | null;
  mpsSource: string;
  registration: string;
  notice: string | null;
}

/** What was found at a provider, for choosing senders among it: those that are none yet. */
export const draftsOf = (numbers: readonly FoundNumber[], country: string): SenderDraft[] =>
  numbers
    .filter(({ senderId }) => senderId === null)
    .map(({ kind, address, wireAddress, name, country: itsOwn, mps, mpsSource, notice }) => ({
      ...{ key: address, isChosen: false, isFound: true, kind: kind as Sender['kind'], address },
      ...{ wireAddress: wireAddress ?? '', name, purpose: 'promotional', country: itsOwn ?? country },
      ...{ mps: mps, usualMps: mps, mpsSource, registration: '', notice },
    }));

/** One that is written by hand. */
export const blankDraft = (key: string, kind: Sender['kind'], country: string): SenderDraft => ({
  ...{ key, isChosen: true, isFound: false, kind, address: '', wireAddress: '', name: '' },
  ...{
    purpose: 'promotional',
    country,
    mps: '',
    usualMps: null,
    mpsSource: '',
    registration: '',
    notice: null,
  },
});

/** The sender that is made of one. */
export const newSenderOf = ({ kind, mps, purpose, country, ...texts }: SenderDraft): NewSender => ({
  ...{ kind, address: texts.address.trim(), purpose, country },
  ...(texts.name.trim() === '' ? {} : { name: texts.name.trim() }),
  ...(texts.wireAddress.trim() === '' ? {} : { wireAddress: texts.wireAddress.trim() }),
  ...(mps === '' ? {} : { mps }),
  ...(texts.registration.trim() === '' ? {} : { registration: texts.registration.trim() }),
});
