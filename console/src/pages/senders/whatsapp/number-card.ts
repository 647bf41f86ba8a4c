import type { Sender } from '../../../api/senders.ts';
import type { WhatsAppNumber } from '../../../api/whatsapp-numbers.ts';

/** What each card of a number is given. */
export interface NumberCard {
  sender: Sender;
  number: WhatsAppNumber;
  /** Takes the number as it is after a change. */
  onChanged: (number: WhatsAppNumber) => void;
}
