import type { SessionMessage, WhatsAppMessage } from '../../providers/whatsapp-message.ts';
import { type Rendering, renderStorable } from '../render-storable.ts';
import type { CompiledTemplate } from '../rendering/compile-template.ts';
import { TemplateError } from '../rendering/template-error.ts';
import { UnsendableMessage } from '../unsendable.ts';
import { sessionMessageFaults } from './session-message-rules.ts';
import { isButtonAddress, isRead, mapTexts, textsOfSession } from './session-texts.ts';

/** A free-form message ready to render for many people. */
export interface CompiledSession {
  message: SessionMessage;
  /** By their paths. */
  texts: ReadonlyMap<string, CompiledTemplate>;
}

/** How addresses leave: those in words, and those behind buttons. */
interface SessionLinks {
  inText(words: string): string;
  /** The whole short address. */
  button(url: string): string;
}

/** Compiles every text of a message. Throws a TemplateError. */
export function compileSession(
  message: SessionMessage,
  compile: (source: string) => CompiledTemplate,
): CompiledSession {
  const texts = textsOfSession(message).map(({ path, text }) => [path, compile(text)] as const);
  return { message, texts: new Map(texts) };
}

/**
 * Fills a message in for one person: what may be left out and comes out empty is left out. Throws an UnsendableMessage for what is
 * too long or empty for this person, a TemplateError for what Meta would refuse otherwise.
 */
export function renderSession(
  { message, texts }: CompiledSession,
  links: SessionLinks,
  rendering: Rendering,
): WhatsAppMessage {
  const filled = mapTexts(message, (_source, path) => {
    const compiled = texts.get(path);
    const text = compiled ? renderStorable(compiled, rendering).trim() : '';
    if (isButtonAddress(message, path)) return text === '' ? text : links.button(text);
    return isRead(path) ? links.inText(text) : text;
  });
  const content = withoutEmpty(filled);
  const [fault] = rendering.missing.size > 0 ? [] : sessionMessageFaults(content);
  if (fault?.filledIn) throw new UnsendableMessage(fault.filledIn, `${fault.field} ${fault.fault}`);
  if (fault) throw new TemplateError(null, `${fault.field} ${fault.fault}`);
  return { kind: 'whatsAppMessage', ...content };
}

/** Fields that may be left out, as Meta sees it. */
const optional = new Set(['caption', 'footer', 'filename', 'description', 'token', 'thumbnailProductId']);

function withoutEmpty(message: SessionMessage): SessionMessage {
  // A list of products must have one.
  const isBlankHeader = (name: string, value: unknown) =>
    name === 'header' && message.type !== 'productList' && isEmptyText(value);
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, each]) => {
        if ((each === '' && optional.has(name)) || isBlankHeader(name, each)) return [];
        // What a flow is opened with is the operator's own.
        return [[name, name === 'data' ? each : strip(each)]];
      }),
    );
  };
  return strip(message) as SessionMessage;
}

const isEmptyText = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'text' in value && value.text === '';
