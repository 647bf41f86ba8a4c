import type { MessageContent } from '../providers/sending.ts';
import { appendToBody, escapeHtml, linksTo, plainTextOf, prependToBody, rewriteHrefs } from './email-html.ts';
import { linkTagger, type TagLink } from './link-params.ts';
import { rewriteLinks } from './links/find-links.ts';
import { chooseLocale } from './locales.ts';
import type { LookUp } from './lookups/lookup.ts';
import { openPixelTag } from './open-pixel.ts';
import { hasOptOutLine } from './opt-out-line.ts';
import { type Rendering, renderStorable } from './render-storable.ts';
import { type CompiledTemplate, compileTemplate, type TemplateData } from './rendering/compile-template.ts';
import { fullWork, NoCoupon, SendSkip } from './rendering/helpers/helper.ts';
import { KeptByText } from './rendering/kept-by-text.ts';
import { counted, renderLimits } from './rendering/render-limits.ts';
import { TemplateError } from './rendering/template-error.ts';
import { countSegments } from './segments/count-segments.ts';
import type { SnippetSet } from './snippets/snippet-set.ts';
import { type EmailTemplate, isFreeForm, type TemplateContent } from './template-content.ts';
import type { Template } from './templates/template.ts';
import { smsLimits } from './templates/template-limits.ts';
import { type Unsendable, UnsendableMessage } from './unsendable.ts';
import { type CompiledSession, compileSession, renderSession } from './whatsapp/session-template.ts';
import { type CompiledWhatsApp, compileWhatsApp, renderWhatsApp } from './whatsapp/template-message.ts';

/** A template ready to render for many people; made by `prepareTemplate`. */
export interface PreparedTemplate {
  readonly id: number;
  readonly name: string;
  readonly clientId: string | null;
  readonly medium: Template['medium'];
  readonly trackLinks: boolean;
  readonly tagLink: TagLink | null;
  /** In the default locale. */
  readonly text: PreparedText;
  readonly locale: string | null;
  readonly locales: ReadonlyMap<string, PreparedText>;
  /** Pools of coupons that any of its texts takes codes of. */
  readonly coupons: ReadonlySet<string>;
}

type PreparedText =
  | { medium: 'sms'; message: CompiledTemplate; mediaUrls: CompiledTemplate[] }
  | { medium: 'whatsApp'; kind: 'template'; name: string; compiled: CompiledWhatsApp }
  | { medium: 'whatsApp'; kind: 'session'; compiled: CompiledSession }
  | {
      medium: 'email';
      parts: Record<Exclude<keyof EmailTemplate, 'medium' | 'fromEmail'>, CompiledTemplate>;
    };

const prepared = new WeakMap<SnippetSet, KeptByText<PreparedTemplate>>();
const mostKept = { results: 500, characters: 20_000_000 };

/**
 * Compiles a template once; the same template and snippets give the same object again. Throws a TemplateError
 * (a snippet it needs may be gone since it was saved).
 */
export function prepareTemplate(template: Template, snippets: SnippetSet): PreparedTemplate {
  const known = prepared.get(snippets) ?? new KeptByText<PreparedTemplate>(mostKept);
  prepared.set(snippets, known);
  const key = JSON.stringify([
    template.id,
    template.name,
    template.provider_name,
    template.track_links,
    template.utm,
    template.locale,
    template.content,
    template.locales,
  ]);
  const found = known.get(key);
  if (found) return found;
  const coupons = new Set<string>();
  const prepare = (content: TemplateContent) => prepareText(template, content, snippets, coupons);
  const made: PreparedTemplate = {
    id: template.id,
    name: template.name,
    clientId: template.client_template_id,
    medium: template.medium,
    trackLinks: template.track_links,
    tagLink: linkTagger(template.utm, template.medium),
    text: prepare(template.content),
    locale: template.locale,
    locales: new Map(Object.entries(template.locales).map(([tag, content]) => [tag, prepare(content)])),
    coupons,
  };
  known.set(key, made);
  return made;
}

/** Compiles a text, and adds the pools of coupons it needs to `coupons`. */
function prepareText(
  template: Template,
  content: TemplateContent,
  snippets: SnippetSet,
  coupons: Set<string>,
): PreparedText {
  const compile = (source: string, mode: 'text' | 'html') => {
    const compiled = compileTemplate(source, { mode, snippets });
    for (const pool of compiled.coupons) coupons.add(pool);
    return compiled;
  };
  const text = (source: string) => compile(source, 'text');
  switch (content.medium) {
    case 'sms': {
      const message = text(content.message);
      return { medium: 'sms', message, mediaUrls: content.mediaUrls.map(text) };
    }
    case 'whatsApp':
      if (isFreeForm(content))
        return { medium: 'whatsApp', kind: 'session', compiled: compileSession(content.message, text) };
      return {
        ...{ medium: 'whatsApp', kind: 'template' },
        name: template.provider_name ?? '',
        compiled: compileWhatsApp(content, text),
      };
    case 'email': {
      const parts = {
        subject: text(content.subject),
        html: compile(content.html, 'html'),
        plainText: text(content.plainText),
        preheader: text(content.preheader),
        fromName: text(content.fromName),
        replyTo: text(content.replyTo),
      };
      return { medium: 'email', parts };
    }
  }
}

/** What one person's rendering needs. */
export interface RenderInput {
  data: TemplateData;
  /** The person's (`personLocale`): which of the template's locales they get. Left out: the default. */
  locale?: string | null;
  links: {
    /** Makes a short link of its own for this address; its code is what follows the last slash. */
    shorten(url: string): string;
    /** Whether links in words are made short; a WhatsApp button's always is. */
    track: boolean;
  };
  /** Put at the end of an SMS that does not say how to opt out already; null where none is due. */
  optOutLine: string | null;
  /** Where this person unsubscribes, put into an email and its header; `{{unsubscribeUrl}}` is a field of `data`. */
  unsubscribeUrl?: string;
  /** Where an email's HTML calls home when it is opened; left out where links are not tracked. */
  openUrl?: string;
  /** For the template's `now`. */
  now?: Date;
  /** The project's key for hmac helpers. */
  hmacSecret?: string | null;
  /** What templates look up. */
  lookUp?: LookUp | undefined;
  /** The person's codes of coupon pools (`NoCoupon` where there is none); left out where none are given. */
  readCoupon?: ((pool: string) => string) | undefined;
}

export type RenderedMessage =
  | { content: MessageContent; segments: number; links: { code: string; url: string }[] }
  | { skip: Unsendable; detail: string };

const noTime = new Date(0);

/**
 * Renders a template for one person: Handlebars, then link parameters, then short links (one for each link of
 * the message), then the opt-out line, then the count of segments. Pure; never throws: what cannot be rendered
 * is a skip with its reason.
 */
export function renderMessage(template: PreparedTemplate, input: RenderInput): RenderedMessage {
  const { data, now = noTime, hmacSecret = null, lookUp, readCoupon } = input;
  const rendering: Rendering = {
    ...{ data, now, hmacSecret, lookUp, readCoupon },
    ...{ missing: new Set(), work: fullWork() },
  };
  try {
    const rendered = renderText(template, input, rendering);
    const missing = [...rendering.missing].sort();
    return missing.length > 0 ? { skip: 'missingField', detail: missing.join(', ') } : rendered;
  } catch (error) {
    if (error instanceof UnsendableMessage) return { skip: error.reason, detail: error.message };
    if (error instanceof NoCoupon) return { skip: 'noCoupon', detail: error.message };
    if (error instanceof SendSkip) return { skip: 'skippedByTemplate', detail: error.message };
    if (error instanceof TemplateError) return { skip: 'renderError', detail: error.message };
    throw error;
  }
}

function renderText(template: PreparedTemplate, input: RenderInput, rendering: Rendering): RenderedMessage {
  const links: { code: string; url: string }[] = [];
  const { tagLink } = template;
  const tagged = (url: string) => (tagLink ? tagLink(url) : url);
  const shorten = (url: string) => {
    if (links.length >= renderLimits.links)
      throw new UnsendableMessage(
        'contentTooLong',
        `the message has more than ${counted(renderLimits.links)} links for this person; take some out`,
      );
    const target = tagged(url);
    const short = input.links.shorten(target);
    links.push({ code: short.slice(short.lastIndexOf('/') + 1), url: target });
    return short;
  };
  const track = template.trackLinks && input.links.track;
  const wayOut = input.data.unsubscribeUrl;
  const rewrite = (url: string) => (url === wayOut ? url : track ? shorten(url) : tagged(url));
  const text = textFor(template, input.locale ?? null);
  switch (text.medium) {
    case 'sms':
      return renderSms(text, input, rendering, rewrite, links);
    case 'whatsApp': {
      const inText = (words: string) => rewriteLinks(words, rewrite);
      const button = (url: string) => {
        if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
          throw new TemplateError(
            null,
            `the button's address ${JSON.stringify(url)} is not an http(s) address`,
          );
        return shorten(url);
      };
      const code = (url: string) => {
        const short = button(url);
        return short.slice(short.lastIndexOf('/') + 1);
      };
      const content =
        text.kind === 'session'
          ? renderSession(text.compiled, { inText, button }, rendering)
          : renderWhatsApp(text.name, text.compiled, { inText, button: code }, rendering);
      return { content, segments: 1, links };
    }
    case 'email':
      return { content: renderEmail(text, input, rendering, rewrite), segments: 1, links };
  }
}

function textFor(template: PreparedTemplate, wanted: string | null): PreparedText {
  const { text, locale, locales } = template;
  if (locales.size === 0) return text;
  const chosen = chooseLocale(wanted, { locales: [...locales.keys()], default: locale });
  return (chosen === null ? undefined : locales.get(chosen)) ?? text;
}

function renderSms(
  text: Extract<PreparedText, { medium: 'sms' }>,
  input: RenderInput,
  rendering: Rendering,
  rewrite: (url: string) => string,
  links: { code: string; url: string }[],
): RenderedMessage {
  const words = renderStorable(text.message, rendering).trim();
  const mediaUrls = text.mediaUrls
    .map((url) => renderStorable(url, rendering).trim())
    .filter((url) => url !== '');
  if (words === '' && mediaUrls.length === 0)
    return { skip: 'emptyMessage', detail: 'the message is empty for this person' };
  let body = rewriteLinks(words, rewrite);
  if (input.optOutLine !== null && !hasOptOutLine(body))
    body = body === '' ? input.optOutLine : `${body}\n${input.optOutLine}`;
  if (body.length > smsLimits.characters)
    return {
      skip: 'contentTooLong',
      detail: `the message has ${body.length} characters for this person; ${smsLimits.characters} is the most`,
    };
  if (mediaUrls.length > 0) return { content: { kind: 'sms', body, mediaUrls }, segments: 1, links };
  return { content: { kind: 'sms', body }, segments: countSegments(body).segments, links };
}

function renderEmail(
  text: Extract<PreparedText, { medium: 'email' }>,
  input: RenderInput,
  rendering: Rendering,
  rewrite: (url: string) => string,
): Extract<MessageContent, { kind: 'email' }> {
  const oneLine = (part: CompiledTemplate) => renderStorable(part, rendering).replace(/\s+/g, ' ').trim();
  const { parts } = text;
  const subject = oneLine(parts.subject);
  const [fromName, replyTo, preheader] = [
    oneLine(parts.fromName),
    oneLine(parts.replyTo),
    oneLine(parts.preheader),
  ];
  const { unsubscribeUrl } = input;
  const unsubscribe = unsubscribeUrl === undefined ? null : unsubscribeUrl;
  let html = rewriteHrefs(renderStorable(parts.html, rendering), rewrite);
  let plain = renderStorable(parts.plainText, rendering).trim();
  plain = plain === '' ? plainTextOf(html) : rewriteLinks(plain, rewrite);
  if (unsubscribe !== null && !linksTo(html, unsubscribe))
    html = appendToBody(
      html,
      `<p style="font-size:12px"><a href="${escapeHtml(unsubscribe)}">Unsubscribe</a></p>`,
    );
  if (unsubscribe !== null && !plain.includes(unsubscribe)) plain = `${plain}\n\nUnsubscribe: ${unsubscribe}`;
  if (preheader !== '')
    html = prependToBody(
      html,
      `<div data-preheader style="display:none;max-height:0;overflow:hidden">${escapeHtml(preheader)}</div>`,
    );
  if (input.openUrl !== undefined) html = appendToBody(html, openPixelTag(input.openUrl));
  return {
    kind: 'email',
    subject,
    html,
    text: plain,
    ...(fromName === '' ? {} : { fromName }),
    ...(replyTo === '' ? {} : { replyTo }),
    ...(unsubscribe === null ? {} : { unsubscribeUrl: unsubscribe }),
  };
}
