import type { MessageContent, WhatsAppParameter } from '../providers/sending.ts';
import type { WhatsAppTemplate } from './template-content.ts';
import { cutAtExpressions } from './template-expressions.ts';

/** A filled WhatsApp message as its reader sees it: the approved words with what the message puts into them. */
export interface ShownWhatsApp {
  header:
    | { kind: 'text'; text: string }
    | { kind: 'image' | 'video' | 'document'; url: string; text: string }
    | null;
  body: string;
  footer: string | null;
  /** `leadsTo` is what a press opens, dials, copies or answers. */
  buttons: { type: WhatsAppTemplate['buttons'][number]['type']; text: string; leadsTo: string }[];
}

type Filled = Extract<MessageContent, { kind: 'whatsAppTemplate' }>;

/** Puts together what Meta shows of a message: the template it has, and the parameters that were sent. */
export function shownWhatsApp(template: WhatsAppTemplate, message: Filled, publicUrl: string): ShownWhatsApp {
  const of = (type: string) =>
    message.components.find((component) => component.type === type)?.parameters ?? [];
  return {
    header: shownHeader(template, of('header')),
    body: filled(template.body, of('body')),
    footer: template.footer,
    buttons: template.buttons.map((button, place) => {
      const sent = message.components.find(
        (component) => component.type === 'button' && component.index === place,
      );
      const value = wordsOf(sent?.parameters[0]);
      const { type, text } = button;
      if (button.type === 'phone') return { type, text, leadsTo: button.phone };
      return { type, text, leadsTo: type === 'url' ? `${publicUrl}/l/${value}` : value };
    }),
  };
}

function shownHeader(
  { header }: WhatsAppTemplate,
  parameters: readonly WhatsAppParameter[],
): ShownWhatsApp['header'] {
  if (header === null) return null;
  if (header.kind === 'text') return { kind: 'text', text: filled(header.text, parameters) };
  const [media] = parameters;
  const name = media && 'filename' in media ? (media.filename ?? '') : '';
  return { kind: header.kind, url: wordsOf(media), text: name };
}

function filled(words: string, parameters: readonly WhatsAppParameter[]): string {
  const cut = cutAtExpressions(words);
  if ('fault' in cut) throw new Error(`a template was filled that has no blanks: ${cut.fault.fault}`);
  const values = parameters.values();
  return cut.parts.map((part) => (part.kind === 'text' ? part.text : wordsOf(values.next().value))).join('');
}

function wordsOf(parameter: WhatsAppParameter | undefined): string {
  if (!parameter) return '';
  switch (parameter.type) {
    case 'text':
      return parameter.text;
    case 'payload':
      return parameter.payload;
    case 'coupon_code':
      return parameter.coupon_code;
    default:
      return parameter.link;
  }
}
