import { quoted } from '../rendering/render-limits.ts';
import type { SnippetSet } from '../snippets/snippet-set.ts';
import type { WhatsAppButton } from '../template-content.ts';
import { mostOfButton, whatsAppLimits } from './template-limits.ts';
import { addressFaults, type TemplateFault, textFaults } from './text-faults.ts';
import { fixedTextFaults, hasEmoji, tooLong } from './whatsapp-text-faults.ts';

/** What kinds of button are called. */
export const buttonWords: Readonly<Record<WhatsAppButton['type'], string>> = {
  url: 'link buttons',
  quickReply: 'quick replies',
  phone: 'phone buttons',
  copyCode: 'code buttons',
  flow: 'buttons that open a form',
  catalog: 'catalogue buttons',
  products: 'buttons that show products',
  product: 'product buttons',
  voiceCall: 'call buttons',
  requestContact: 'buttons that ask for the number',
};

/** Faults of the buttons under a body: their number, their order, and each by itself. */
export function buttonsFaults(buttons: readonly WhatsAppButton[], snippets: SnippetSet): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const field = 'buttons';
  if (buttons.length > whatsAppLimits.buttons)
    return [{ field, fault: `has ${buttons.length} buttons; Meta allows ${whatsAppLimits.buttons}` }];
  for (const [type, of = []] of Object.entries(Object.groupBy(buttons, (button) => button.type))) {
    const most = mostOfButton[type] ?? whatsAppLimits.buttons;
    if (of.length > most)
      faults.push({
        ...{ field },
        fault: `has ${of.length} ${buttonWords[type as WhatsAppButton['type']]}; Meta allows ${most}`,
      });
  }
  const turns = buttons.filter(
    ({ type }, place) => place > 0 && (type === 'quickReply') !== (buttons[place - 1]?.type === 'quickReply'),
  );
  if (turns.length > 1)
    faults.push({
      field,
      fault: 'has quick replies apart from each other; put them together, first or last',
    });
  buttons.forEach((button, index) => {
    faults.push(...buttonFaults(`buttons.${index}`, button, snippets));
  });
  return faults;
}

/** Faults of one button. */
export function buttonFaults(field: string, button: WhatsAppButton, snippets: SnippetSet): TemplateFault[] {
  const faults =
    'text' in button && button.type !== 'copyCode'
      ? fixedTextFaults(`${field}.text`, button.text, whatsAppLimits.buttonText, 'the button’s words')
      : [];
  switch (button.type) {
    case 'url':
      return [...faults, ...addressFaults(`${field}.url`, button.url, snippets)];
    case 'phone':
      if (!/^\+[1-9]\d{6,14}$/.test(button.phone))
        faults.push({
          field: `${field}.phone`,
          fault: `${quoted(button.phone)} is not a number in E.164; write it as +14155550132`,
        });
      return faults;
    case 'quickReply':
      if (button.payload.length > whatsAppLimits.payload)
        faults.push({
          field: `${field}.payload`,
          fault: tooLong(button.payload.length, whatsAppLimits.payload),
        });
      return [...faults, ...textFaults(`${field}.payload`, button.payload, snippets)];
    case 'copyCode':
      return codeFaults(`${field}.code`, button.code, snippets);
    case 'flow':
      return [...faults, ...flowFaults(field, button, snippets)];
    case 'catalog':
      return textFaults(`${field}.thumbnailProductId`, button.thumbnailProductId ?? '', snippets);
    case 'products':
      return productsFaults(field, button, snippets);
    case 'voiceCall':
      if (button.ttlMinutes !== undefined && button.ttlMinutes < 1)
        faults.push({
          field: `${field}.ttlMinutes`,
          fault: 'is less than a minute; leave it out for Meta’s own',
        });
      return faults;
    case 'product':
    case 'requestContact':
      return [];
  }
}

function codeFaults(field: string, code: string, snippets: SnippetSet): TemplateFault[] {
  const faults = textFaults(field, code, snippets);
  if (code.trim() === '') return [{ field, fault: 'is empty; write the code, or a field that holds it' }];
  if (/\{\{/.test(code)) return faults;
  if (!/^[A-Za-z0-9]+$/.test(code))
    faults.push({ field, fault: 'is not of letters and digits; Meta takes nothing else' });
  if (code.length > whatsAppLimits.couponCode)
    faults.push({ field, fault: tooLong(code.length, whatsAppLimits.couponCode) });
  return faults;
}

function flowFaults(
  field: string,
  { text, flow, action }: Extract<WhatsAppButton, { type: 'flow' }>,
  snippets: SnippetSet,
): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const [named, of] = 'id' in flow ? ['id', flow.id] : ['name', flow.name];
  if (of.trim() === '')
    faults.push({ field: `${field}.flow.${named}`, fault: 'is empty; name a flow of Meta’s' });
  if (hasEmoji(text))
    faults.push({ field: `${field}.text`, fault: 'holds an emoji, which Meta refuses here' });
  if (action?.type !== 'navigate') return faults;
  if (action.screen.trim() === '')
    faults.push({
      field: `${field}.action.screen`,
      fault: 'is empty; name the screen that the form opens with',
    });
  return [...faults, ...leafFaults(`${field}.action.data`, action.data, snippets)];
}

function leafFaults(field: string, data: unknown, snippets: SnippetSet): TemplateFault[] {
  if (typeof data === 'string') return textFaults(field, data, snippets);
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, each]) => leafFaults(`${field}.${name}`, each, snippets));
}

function productsFaults(
  field: string,
  { thumbnailProductId = '', sections }: Extract<WhatsAppButton, { type: 'products' }>,
  snippets: SnippetSet,
): TemplateFault[] {
  const faults = textFaults(`${field}.thumbnailProductId`, thumbnailProductId, snippets);
  const at = `${field}.sections`;
  const products = sections.reduce((sum, { productIds }) => sum + productIds.length, 0);
  if (sections.length === 0) faults.push({ field: at, fault: 'is empty; add a section with a product' });
  if (sections.length > whatsAppLimits.sections)
    faults.push({
      field: at,
      fault: `has ${sections.length} sections; Meta allows ${whatsAppLimits.sections}`,
    });
  if (products > whatsAppLimits.products)
    faults.push({ field: at, fault: `has ${products} products; Meta allows ${whatsAppLimits.products}` });
  sections.forEach(({ title, productIds }, place) => {
    const of = `${at}.${place}`;
    faults.push(...textFaults(`${of}.title`, title, snippets));
    if (title.trim() === '')
      faults.push({ field: `${of}.title`, fault: 'is empty; write the section’s title' });
    if (!/\{\{/.test(title) && [...title].length > whatsAppLimits.sectionTitle)
      faults.push({ field: `${of}.title`, fault: tooLong([...title].length, whatsAppLimits.sectionTitle) });
    if (productIds.length === 0)
      faults.push({
        field: `${of}.productIds`,
        fault: 'is empty; name a product by its id in the catalogue',
      });
    productIds.forEach((id, index) => {
      const field = `${of}.productIds.${index}`;
      faults.push(...textFaults(field, id, snippets));
      if (id.trim() === '')
        faults.push({ field, fault: 'is empty; name a product by its id in the catalogue' });
    });
  });
  return faults;
}
