import type { TemplateButton, TemplateCard, TemplateShape } from '../../providers/template-approval.ts';
import { TemplateError } from '../rendering/template-error.ts';
import type { WhatsAppButton, WhatsAppTemplate } from '../template-content.ts';
import { cutAtExpressions, type TextPart } from '../template-expressions.ts';

/** The sample that reviewers see stands at `sampleUrl`; Meta wants it uploaded first. */
interface SampleAddress {
  sampleUrl: string;
}

/** A template as Meta is to be shown it, its variables numbered `{{1}}`, `{{2}}` in each part. */
export interface MetaTemplateShape extends TemplateShape<SampleAddress> {
  /** What fills the header's and the body's variables, in their order: `{{defaultIfEmpty firstName "there"}}`. */
  headerExpressions: string[];
  bodyExpressions: string[];
}

/** Cards that Meta is shown of a carousel of products; it is sent with as many as there are. */
const shownProductCards = 2;

/**
 * Derives what Meta is shown from what the marketer wrote. Examples are the fallbacks, or the fields' names. A
 * link button leads to our short-link domain, its code being the one variable. Throws a TemplateError where a
 * text holds more than simple expressions.
 */
export function toMetaTemplate(content: WhatsAppTemplate, publicUrl: string): MetaTemplateShape {
  const header = content.header?.kind === 'text' ? numbered(content.header.text) : null;
  const body = numbered(content.body);
  const { offer, asksToCall } = content;
  const cards = shownCards(content, publicUrl);
  return {
    ...(content.header ? { header: shownHeader(content.header, header?.text ?? '') } : {}),
    body: body.text,
    ...(content.footer ? { footer: content.footer } : {}),
    ...(content.buttons.length > 0
      ? { buttons: content.buttons.map((button) => metaButton(button, publicUrl)) }
      : {}),
    ...(offer ? { offer: { text: offer.text, hasEnd: offer.expiresAt !== null } } : {}),
    ...(cards ? { cards } : {}),
    ...(asksToCall ? { asksToCall } : {}),
    examples: body.examples,
    headerExamples: header?.examples ?? {},
    headerExpressions: header?.expressions ?? [],
    bodyExpressions: body.expressions,
  };
}

function shownHeader(
  header: NonNullable<WhatsAppTemplate['header']>,
  words: string,
): NonNullable<MetaTemplateShape['header']> {
  switch (header.kind) {
    case 'text':
      return { kind: 'text', text: words };
    case 'location':
    case 'product':
      return { kind: header.kind };
    default:
      return { kind: header.kind, sampleUrl: header.url };
  }
}

function shownCards(
  { carousel }: WhatsAppTemplate,
  publicUrl: string,
): TemplateCard<SampleAddress>[] | undefined {
  if (carousel === undefined) return undefined;
  if (carousel.kind === 'products') {
    const button: TemplateButton =
      carousel.label === null
        ? { type: 'product' }
        : { type: 'url', text: carousel.label, url: shortAddress(publicUrl) };
    return Array.from({ length: shownProductCards }, () => ({
      header: { kind: 'product' },
      buttons: [button],
    }));
  }
  return carousel.cards.map(({ header, body, buttons }) => {
    const words = body === null ? null : numbered(body);
    return {
      header: { kind: header.kind, sampleUrl: header.url },
      ...(words ? { body: { text: words.text, examples: words.examples } } : {}),
      buttons: buttons.map((button) => metaButton(button, publicUrl)),
    };
  });
}

const shortAddress = (publicUrl: string) => `${publicUrl}/l/{{1}}`;

function metaButton(button: WhatsAppButton, publicUrl: string): TemplateButton {
  switch (button.type) {
    case 'url':
      return { type: 'url', text: button.text, url: shortAddress(publicUrl) };
    case 'quickReply':
      return { type: 'quickReply', text: button.text };
    case 'phone':
      return { type: 'phone', text: button.text, phone: button.phone };
    case 'copyCode':
      return { type: 'copyCode', code: button.code.includes('{{') ? sampleCode : button.code };
    case 'flow': {
      const { type, text, flow, action } = button;
      return { type, text, flow, ...(action?.type === 'navigate' ? { screen: action.screen } : {}) };
    }
    case 'voiceCall':
      return button;
    case 'catalog':
    case 'products':
    case 'product':
    case 'requestContact':
      return { type: button.type };
  }
}

/** What reviewers see where each person has a code of their own. */
const sampleCode = 'SAMPLE20';

function numbered(text: string): { text: string; expressions: string[]; examples: Record<string, string> } {
  const expressions: string[] = [];
  const examples: Record<string, string> = {};
  const words = partsOf(text).map((part) => {
    if (part.kind === 'text') return part.text;
    expressions.push(part.source);
    examples[expressions.length] = part.fallback ?? part.name;
    return `{{${expressions.length}}}`;
  });
  return { text: words.join(''), expressions, examples };
}

/** A text cut at its expressions. Throws a TemplateError where it holds more than simple ones. */
export function partsOf(text: string): TextPart[] {
  const cut = cutAtExpressions(text);
  if ('fault' in cut) throw new TemplateError(cut.fault.line, cut.fault.fault);
  return cut.parts;
}
