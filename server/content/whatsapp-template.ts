import type { MessageContent, WhatsAppComponent, WhatsAppParameter } from '../providers/sending.ts';
import { endsInAddress, fillAddress } from './links/fill-address.ts';
import { type Rendering, renderStorable } from './render-storable.ts';
import type { CompiledTemplate } from './rendering/compile-template.ts';
import { TemplateError } from './rendering/template-error.ts';
import type { WhatsAppButton, WhatsAppTemplate } from './template-content.ts';
import { cutAtExpressions, type TextPart } from './template-expressions.ts';
import { whatsAppLimits } from './templates/template-limits.ts';
import { UnsendableMessage } from './unsendable.ts';

/** A template as Meta is to be shown it, its variables numbered `{{1}}`, `{{2}}` in each part. */
export interface MetaTemplateShape {
  header?:
    | { kind: 'text'; text: string }
    /** The sample that reviewers see stands at `sampleUrl`; Meta wants it uploaded first. */
    | { kind: 'image' | 'video' | 'document'; sampleUrl: string };
  body: string;
  footer?: string;
  buttons?: MetaTemplateButton[];
  /** What reviewers see in place of each of the body's variables, by number, and of the header's. */
  examples: Record<string, string>;
  headerExamples: Record<string, string>;
  /** What fills the header's and the body's variables, in their order: `{{defaultIfEmpty firstName "there"}}`. */
  headerExpressions: string[];
  bodyExpressions: string[];
}

export type MetaTemplateButton =
  | { type: 'quickReply'; text: string }
  | { type: 'url'; text: string; url: string }
  | { type: 'phone'; text: string; phone: string }
  | { type: 'copyCode'; code: string };

/**
 * Derives what Meta is shown from what the marketer wrote. Examples are the fallbacks, or the fields' names. A
 * link button leads to our short-link domain, its code being the one variable. Throws a TemplateError where a
 * text holds more than simple expressions.
 */
export function toMetaTemplate(content: WhatsAppTemplate, publicUrl: string): MetaTemplateShape {
  const header = content.header?.kind === 'text' ? numbered(content.header.text) : null;
  const body = numbered(content.body);
  const shape: MetaTemplateShape = {
    body: body.text,
    examples: body.examples,
    headerExamples: header?.examples ?? {},
    headerExpressions: header?.expressions ?? [],
    bodyExpressions: body.expressions,
  };
  if (header) shape.header = { kind: 'text', text: header.text };
  else if (content.header && content.header.kind !== 'text')
    shape.header = { kind: content.header.kind, sampleUrl: content.header.url };
  if (content.footer) shape.footer = content.footer;
  if (content.buttons.length > 0)
    shape.buttons = content.buttons.map((button) => metaButton(button, publicUrl));
  return shape;
}

function metaButton(button: WhatsAppButton, publicUrl: string): MetaTemplateButton {
  switch (button.type) {
    case 'url':
      return { type: 'url', text: button.text, url: `${publicUrl}/l/{{1}}` };
    case 'quickReply':
      return { type: 'quickReply', text: button.text };
    case 'phone':
      return { type: 'phone', text: button.text, phone: button.phone };
    case 'copyCode':
      return { type: 'copyCode', code: button.code.includes('{{') ? sampleCode : button.code };
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

function partsOf(text: string): TextPart[] {
  const cut = cutAtExpressions(text);
  if ('fault' in cut) throw new TemplateError(cut.fault.line, cut.fault.fault);
  return cut.parts;
}

/** A text's plain words and, where it has blanks, what fills them. */
type Piece = string | { name: string; value: CompiledTemplate; isInAddress: boolean };

/** A WhatsApp template ready to fill many times. */
export interface CompiledWhatsApp {
  language: string;
  header:
    | { kind: 'text'; pieces: Piece[] }
    | { kind: 'image' | 'video' | 'document'; url: CompiledTemplate }
    | null;
  body: Piece[];
  footer: string | null;
  buttons: { index: number; type: 'url' | 'quickReply' | 'copyCode'; value: CompiledTemplate }[];
}

/** Compiles the expressions of a WhatsApp template, each by `compiled`. Throws a TemplateError. */
export function compileWhatsApp(
  content: WhatsAppTemplate,
  compiled: (source: string) => CompiledTemplate,
): CompiledWhatsApp {
  const pieces = (text: string) => {
    let words = '';
    return partsOf(text).map((part): Piece => {
      if (part.kind === 'text') {
        words += part.text;
        return part.text;
      }
      return { name: part.name, value: compiled(part.source), isInAddress: endsInAddress(words) };
    });
  };
  const { header } = content;
  const buttons: CompiledWhatsApp['buttons'] = [];
  content.buttons.forEach((button, index) => {
    if (button.type === 'url') buttons.push({ index, type: 'url', value: compiled(button.url) });
    if (button.type === 'quickReply')
      buttons.push({ index, type: 'quickReply', value: compiled(button.payload) });
    if (button.type === 'copyCode') buttons.push({ index, type: 'copyCode', value: compiled(button.code) });
  });
  return {
    language: content.language,
    header:
      header === null
        ? null
        : header.kind === 'text'
          ? { kind: 'text', pieces: pieces(header.text) }
          : { kind: header.kind, url: compiled(header.url) },
    body: pieces(content.body),
    footer: content.footer,
    buttons,
  };
}

/** The links of one message: `inText` for what stands in its words, `button` for what must be a short link. */
export interface WhatsAppLinks {
  inText(text: string): string;
  /** The code of a short link to this address. */
  button(url: string): string;
}

/**
 * Fills an approved template for one person. Throws `UnsendableMessage` where a blank stays empty (Meta refuses an
 * empty parameter) or a part is longer than Meta allows, and a TemplateError where an expression cannot be rendered.
 */
export function renderWhatsApp(
  name: string,
  compiled: CompiledWhatsApp,
  links: WhatsAppLinks,
  rendering: Rendering,
): Extract<MessageContent, { kind: 'whatsAppTemplate' }> {
  const components: WhatsAppComponent[] = [];
  const words: string[] = [];
  const required = (value: string, what: string) => {
    if (value === '') throw new UnsendableMessage('missingField', [...rendering.missing][0] ?? what);
    return value;
  };
  const fill = (pieces: readonly Piece[], part: string, limit: number): WhatsAppParameter[] => {
    const parameters: WhatsAppParameter[] = [];
    let text = '';
    for (const piece of pieces) {
      if (typeof piece === 'string') {
        text += piece;
        continue;
      }
      const filled = required(foldForParameter(renderStorable(piece.value, rendering)), piece.name);
      const value = piece.isInAddress ? fillAddress(filled) : links.inText(filled);
      parameters.push({ type: 'text', text: value });
      text += value;
    }
    words.push(shortEnough(part, text, limit));
    return parameters;
  };
  if (compiled.header?.kind === 'text') {
    const parameters = fill(compiled.header.pieces, 'header', whatsAppLimits.headerText);
    if (parameters.length > 0) components.push({ type: 'header', parameters });
  } else if (compiled.header) {
    const { kind, url } = compiled.header;
    const link = required(renderStorable(url, rendering).trim(), `header ${kind}`);
    const filename = kind === 'document' ? { filename: fileNameOf(link) } : {};
    components.push({ type: 'header', parameters: [{ type: kind, link, ...filename }] });
  }
  const parameters = fill(compiled.body, 'body', whatsAppLimits.body);
  if (parameters.length > 0) components.push({ type: 'body', parameters });
  for (const { index, type, value } of compiled.buttons) {
    const part = `button ${index + 1}`;
    const text = shortEnough(
      part,
      required(renderStorable(value, rendering).trim(), part),
      buttonLimits[type],
    );
    components.push(buttonComponent(index, type, type === 'url' ? links.button(text) : text));
  }
  if (compiled.footer) words.push(compiled.footer);
  return {
    kind: 'whatsAppTemplate',
    name,
    language: compiled.language,
    components,
    preview: words.join('\n\n'),
  };
}

/** A link's address is made short. */
const buttonLimits = {
  url: Number.POSITIVE_INFINITY,
  quickReply: whatsAppLimits.payload,
  copyCode: whatsAppLimits.couponCode,
} as const;

function shortEnough(part: string, text: string, limit: number): string {
  const { length } = Array.from(text);
  if (length <= limit) return text;
  throw new UnsendableMessage(
    'contentTooLong',
    `the ${part} has ${length} characters for this person; Meta allows ${limit}`,
  );
}

function buttonComponent(
  index: number,
  type: 'url' | 'quickReply' | 'copyCode',
  text: string,
): WhatsAppComponent {
  switch (type) {
    case 'url':
      return { type: 'button', sub_type: 'url', index, parameters: [{ type: 'text', text }] };
    case 'quickReply':
      return {
        type: 'button',
        sub_type: 'quick_reply',
        index,
        parameters: [{ type: 'payload', payload: text }],
      };
    case 'copyCode':
      return {
        type: 'button',
        sub_type: 'copy_code',
        index,
        parameters: [{ type: 'coupon_code', coupon_code: text }],
      };
  }
}

/** A parameter may hold no newline, no tab and no row of more than four spaces (Meta 132012, 132018). */
function foldForParameter(text: string): string {
  return text
    .replace(/\s+/g, (space) => (/[\n\r\t\v\f\u2028\u2029]/.test(space) ? ' ' : space.replace(/ {4,}/g, ' ')))
    .trim();
}

function fileNameOf(link: string): string {
  const path = URL.canParse(link) ? new URL(link).pathname : link;
  return path.split('/').findLast((part) => part !== '') ?? 'document';
}
