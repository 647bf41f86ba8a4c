/**
 * A medium: by what people get messages. What is true of one stands in its file of this folder and nowhere else; what it
 * goes by stands in the wires that carry it (providers/). To add one, write its file and name it in `built-in.ts`.
 */
export interface MediumFacts {
  /** Stands in rows, and begins the names of what is told of its messages: `smsSend`, `smsBounce`. */
  readonly name: string;
  /** Its name in the API, which is Iterable's, and to people. */
  readonly title: string;
  /**
   * The kinds of address at which it reaches people, the best first (users/addresses.ts chooses). Of those that a profile has
   * (`ProfileAddressKind`) a person has one each; of any other that a medium brings, as many as there are.
   */
  readonly addresses: readonly string[];
  /** The kind of template that its messages are written in. */
  readonly template: TemplateKind;
  /** How words that answer a person are put; null where nobody is answered, for nobody writes keywords there. */
  readonly answers: 'sms' | 'whatsAppMessage' | null;
  /** Whether the laws that set hours and limits for promotional calls and texts bind it. */
  readonly isBoundByHours: boolean;
  /** How a promotional message says how to end them: by a line of its text, by a link, or the app has its own control. */
  readonly optOut: 'line' | 'link' | 'app';
  /** Whether an opt-in is the person's, who takes it along to a new address; else it was given for the address. */
  readonly isConsentOfPerson: boolean;
  /** Whether it asks people to confirm an opt-in. */
  readonly asksToConfirm: boolean;
  /** Whether its messages are counted, paced and priced by the parts that a network cuts them into; else each is one. */
  readonly isInSegments: boolean;
  /** Hours after a person has written in which anything may be said to them; null where that makes no difference. */
  readonly sessionHours: number | null;
  /** Whether it tells that a message was read (`whatsAppSeen`). */
  readonly tellsReading: boolean;
  /** The kinds of sender that speak it. */
  readonly senderKinds: Readonly<Record<string, SenderKindFacts>>;
}

/** The kinds of address that a profile has: a number, a user id that WhatsApp gives, a mailbox. */
export type ProfileAddressKind = 'phone' | 'whatsApp' | 'email';

export type TemplateKind = 'sms' | 'whatsApp' | 'email';

/** What is true of a kind of sender. */
export interface SenderKindFacts {
  /** What its address is: a number, a short code, a name that takes no replies, a mailbox. */
  readonly address: 'number' | 'code' | 'name' | 'mailbox';
  /** Whether countries' networks have rules for it (senders/country-rules.ts); else it reaches everybody. */
  readonly isRuledByCountries: boolean;
  /** Segments a second of a new one, until its owner says what is granted. */
  readonly mps: number;
  /** Where that was read. */
  readonly source: string;
}
