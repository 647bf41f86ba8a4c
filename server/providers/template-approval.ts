import type { Exchanges } from './exchange.ts';
import type { ProviderFailure } from './provider-failure.ts';
import type { ProviderAccount } from './sending.ts';

/** How templates are brought before a provider that must approve them before they may be sent. */
export interface TemplateApproval {
  /** The template of this name and language as the provider has it; null where it has none. */
  find(
    account: ProviderAccount,
    template: { name: string; language: string },
    exchanges: Exchanges,
  ): Promise<{ outcome: 'found'; template: ProviderTemplate | null } | ProviderFailure>;
  /** Submits a template for review. */
  submit(account: ProviderAccount, template: NewTemplate, exchanges: Exchanges): Promise<SubmittedTemplate>;
  /** Shows a changed text under the name that the provider has it by; it looks at it anew. */
  edit(
    account: ProviderAccount,
    providerTemplateId: string,
    template: NewTemplate,
    exchanges: Exchanges,
  ): Promise<{ outcome: 'done' } | ProviderFailure>;
  /** Deletes a template in one language. */
  remove(
    account: ProviderAccount,
    template: { name: string; providerTemplateId: string },
    exchanges: Exchanges,
  ): Promise<{ outcome: 'done' } | ProviderFailure>;
  /** Ends a pause that does not end by itself. */
  unpause(
    account: ProviderAccount,
    providerTemplateId: string,
    exchanges: Exchanges,
  ): Promise<{ outcome: 'done' } | ProviderFailure>;
  /** Gives the provider a picture, film or document that stands for a template's header; a new template names its handle. */
  uploadSample(account: ProviderAccount, sample: HeaderSample, exchanges: Exchanges): Promise<UploadResult>;
}

/** What stands for a picture, film or document: the handle of the sample that reviewers see (`uploadSample`). */
interface UploadedSample {
  sampleHandle: string;
}

/** A WhatsApp template as it is written here, before its provider knows of it. Variables stand as `{{1}}` or `{{name}}`. */
export interface TemplateShape<Sample = UploadedSample> {
  header?:
    | { kind: 'text'; text: string }
    | ({ kind: 'image' | 'video' | 'document' } & Sample)
    | { kind: 'location' | 'product' };
  body: string;
  footer?: string;
  buttons?: TemplateButton[];
  offer?: { text: string; hasEnd: boolean };
  cards?: TemplateCard<Sample>[];
  /** Asks whether the business may call. */
  asksToCall?: boolean;
  /** What reviewers see in place of each variable, by its name or number; its name where nothing is given. */
  examples?: Readonly<Record<string, string>>;
  /** The same of the header's variables, whose numbers begin anew; `examples` where nothing is given. */
  headerExamples?: Readonly<Record<string, string>>;
}

/** A card of a carousel; its variables count from 1 for themselves. */
export interface TemplateCard<Sample = UploadedSample> {
  header: ({ kind: 'image' | 'video' } & Sample) | { kind: 'product' };
  body?: { text: string; examples: Readonly<Record<string, string>> };
  buttons: TemplateButton[];
}

export type TemplateButton =
  | { type: 'quickReply'; text: string }
  /** `url` may end in one variable. */
  | { type: 'url'; text: string; url: string }
  | { type: 'phone'; text: string; phone: string }
  | { type: 'copyCode'; code: string }
  | {
      type: 'flow';
      text: string;
      flow: { id: string } | { name: string };
      /** The screen that it opens with; the flow's endpoint says which where there is none. */
      screen?: string;
    }
  | { type: 'voiceCall'; text: string; ttlMinutes?: number }
  | { type: 'catalog' | 'products' | 'product' | 'requestContact' };

/** A template to be submitted. Its name is of lower-case letters, digits and underscores, up to 512. */
export interface NewTemplate extends TemplateShape {
  name: string;
  /** WhatsApp's code, such as `en_US`. */
  language: string;
  category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
  /** Of a template of category AUTHENTICATION, whose words are the provider's own: of its shape nothing counts. */
  authentication?: {
    securityRecommendation: boolean;
    expiresInMinutes: number;
    /** Android apps that take the code over, at a press or none; elsewhere, and without them, it is copied. */
    apps?: {
      tap: 'oneTap' | 'zeroTap';
      apps: readonly { packageName: string; signatureHash: string }[];
      autofillText?: string;
      zeroTapTermsAccepted?: boolean;
    };
  };
}

/** A template as a provider holds it. */
export interface ProviderTemplate {
  id: string;
  name: string;
  language: string;
  /** The provider's word; `APPROVED` is the one that sends, whatever it calls it. */
  status: string;
  category: string;
  rejectedReason?: string;
  quality?: string;
  body?: string;
}

export type SubmittedTemplate =
  /** The provider may put it into another category than asked for. */
  { outcome: 'created'; id: string; status: string; category: string } | ProviderFailure;

/** A picture, film or document that reviewers see in place of a template's header. */
export interface HeaderSample {
  fileName: string;
  contentType: string;
  bytes: Uint8Array;
}

export type UploadResult = { outcome: 'uploaded'; handle: string } | { outcome: 'failed'; detail: string };

interface TemplateIdentity {
  /** Settings of the account that holds it, by which it is known: that may be another than the one that was called. */
  heldBy: Readonly<Record<string, string>>;
  templateId: string;
  name: string;
  language: string;
  at: Date;
}

/** What a provider says of a template of its own accord. Words are the provider's, in capitals, and may be new ones. */
export type TemplateUpdate =
  | (TemplateIdentity & {
      kind: 'status';
      /** `APPROVED` for all that send, else REJECTED, PENDING, PAUSED, DISABLED, ARCHIVED, … */
      status: string;
      reason?: string;
      /** What the provider itself advises. */
      advice?: string;
    })
  | (TemplateIdentity & { kind: 'quality'; quality: string; previousQuality?: string })
  | (TemplateIdentity & {
      kind: 'category';
      category: string;
      previousCategory?: string;
      /** Whether it holds already, or is to hold later: from `effectiveAt`, where that is told. */
      isAnnounced: boolean;
      effectiveAt?: Date;
    });
