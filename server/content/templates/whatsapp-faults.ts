import { quoted } from '../rendering/render-limits.ts';
import type { SnippetSet } from '../snippets/snippet-set.ts';
import type { WhatsAppHeader, WhatsAppOffer, WhatsAppTemplate } from '../template-content.ts';
import { offerEnd } from '../whatsapp/offer-end.ts';
import { placeFault } from '../whatsapp/template-message.ts';
import { whatsAppLimits } from './template-limits.ts';
import { addressFaults, type TemplateFault, textFaults } from './text-faults.ts';
import { buttonsFaults } from './whatsapp-button-faults.ts';
import { carouselFaults } from './whatsapp-card-faults.ts';
import { layoutFaults } from './whatsapp-layout-faults.ts';
import { bodyFaults, fixedTextFaults, headerTextFaults, tooLong } from './whatsapp-text-faults.ts';

/** What Meta or its wire would refuse in this template, by its rules of message templates. */
export function whatsAppFaults(content: WhatsAppTemplate, snippets: SnippetSet): TemplateFault[] {
  const { language, header, body, footer, buttons, offer, carousel } = content;
  const faults: TemplateFault[] = [];
  if (!/^[a-z]{2,3}(_[A-Z]{2,3}|_[A-Z][a-z]{3})?$/.test(language))
    faults.push({
      field: 'language',
      fault: `${quoted(language)} is not a code of Meta’s; write it as en_US or de`,
    });
  faults.push(...headerFaults(header, snippets), ...bodyFaults('body', body, longestBody(content), snippets));
  if (footer !== null) faults.push(...footerFaults(footer));
  if (offer) faults.push(...offerFaults(offer, snippets));
  faults.push(...buttonsFaults(buttons, snippets));
  if (carousel) faults.push(...carouselFaults(carousel, snippets));
  return [...faults, ...layoutFaults(content)];
}

function longestBody({ offer, header }: WhatsAppTemplate): number {
  if (offer) return whatsAppLimits.offerBody;
  return header?.kind === 'product' ? whatsAppLimits.productBody : whatsAppLimits.body;
}

/** Faults of the name Meta knows a template by. */
export function providerNameFaults(name: string): TemplateFault[] {
  if (/^[a-z0-9_]+$/.test(name) && name.length <= whatsAppLimits.name) return [];
  return [
    {
      field: 'providerName',
      fault: `${quoted(name)} cannot be a name with Meta; use up to ${whatsAppLimits.name} of a–z, 0–9 and _`,
    },
  ];
}

/** A name Meta takes, made of a template's own: `Spring Sale 2` becomes `spring_sale_2`. */
export function providerNameOf(name: string): string {
  const folded = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, whatsAppLimits.name);
  return folded === '' ? 'template' : folded;
}

/** The name of a template's next version: `spring_sale`, `spring_sale_v2`, `spring_sale_v3`. */
export function nextProviderName(name: string): string {
  const [, stem = name, version = '1'] = /^(.*?)(?:_v(\d{1,6}))?$/.exec(name) ?? [];
  const suffix = `_v${Number(version) + 1}`;
  return stem.slice(0, whatsAppLimits.name - suffix.length) + suffix;
}

const hasExpression = (text: string): boolean => /\{\{|\[\[/.test(text);

function headerFaults(header: WhatsAppHeader | null, snippets: SnippetSet): TemplateFault[] {
  if (header === null) return [];
  switch (header.kind) {
    case 'text':
      return headerTextFaults('header.text', header.text, snippets);
    case 'location':
      return locationFaults(header, snippets);
    case 'product':
      return (['catalogId', 'productId'] as const).flatMap((name) =>
        valueFaults(`header.${name}`, header[name], 'give the id that Meta’s catalogue has', snippets),
      );
    default:
      return addressFaults('header.url', header.url, snippets);
  }
}

/** Faults of a value that is sent with each message. */
function valueFaults(field: string, text: string, remedy: string, snippets: SnippetSet): TemplateFault[] {
  if (text.trim() === '') return [{ field, fault: `is empty; ${remedy}` }];
  return textFaults(field, text, snippets);
}

function locationFaults(
  header: Extract<WhatsAppHeader, { kind: 'location' }>,
  snippets: SnippetSet,
): TemplateFault[] {
  const faults = (['name', 'address', 'latitude', 'longitude'] as const).flatMap((name) =>
    valueFaults(`header.${name}`, header[name], `write the place’s ${name}`, snippets),
  );
  for (const name of ['latitude', 'longitude'] as const) {
    const text = header[name].trim();
    if (text === '' || hasExpression(text)) continue;
    const fault = placeFault({ latitude: '0', longitude: '0', [name]: text });
    if (fault !== null) faults.push({ field: `header.${name}`, fault: fault.slice(name.length + 1) });
  }
  return faults;
}

function footerFaults(footer: string): TemplateFault[] {
  const field = 'footer';
  const faults: TemplateFault[] = [];
  if (/\{\{/.test(footer)) faults.push({ field, fault: 'holds a variable; a footer is fixed text' });
  if (/\n/.test(footer)) faults.push({ field, fault: 'has more than one line' });
  if (footer.length > whatsAppLimits.footer)
    faults.push({ field, fault: tooLong(footer.length, whatsAppLimits.footer) });
  return faults;
}

function offerFaults({ text, expiresAt }: WhatsAppOffer, snippets: SnippetSet): TemplateFault[] {
  const faults = fixedTextFaults('offer.text', text, whatsAppLimits.offerText, 'what is offered');
  if (expiresAt === null) return faults;
  const field = 'offer.expiresAt';
  faults.push(...valueFaults(field, expiresAt, 'give the instant, or no end', snippets));
  if (expiresAt.trim() !== '' && !hasExpression(expiresAt) && offerEnd(expiresAt) === null)
    faults.push({ field, fault: `${quoted(expiresAt)} is no instant; write it as 2026-12-24T18:00:00Z` });
  return faults;
}
