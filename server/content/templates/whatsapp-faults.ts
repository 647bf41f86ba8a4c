import { quoted } from '../rendering/render-limits.ts';
import { TemplateError } from '../rendering/template-error.ts';
import type { SnippetSet } from '../snippets/snippet-set.ts';
import type { WhatsAppButton, WhatsAppTemplate } from '../template-content.ts';
import { cutAtExpressions, type TextPart } from '../template-expressions.ts';
import { whatsAppLimits } from './template-limits.ts';
import { addressFaults, type TemplateFault, textFaults } from './text-faults.ts';

/** What Meta or its wire would refuse in this template, by its rules of message templates. */
export function whatsAppFaults(content: WhatsAppTemplate, snippets: SnippetSet): TemplateFault[] {
  const faults: TemplateFault[] = [];
  if (!/^[a-z]{2,3}(_[A-Z]{2,3}|_[A-Z][a-z]{3})?$/.test(content.language))
    faults.push({
      field: 'language',
      fault: `${quoted(content.language)} is not a code of Meta’s; write it as en_US or de`,
    });
  faults.push(...headerFaults(content.header, snippets), ...bodyFaults(content.body, snippets));
  if (content.footer !== null) {
    if (/\{\{/.test(content.footer))
      faults.push({ field: 'footer', fault: 'holds a variable; a footer is fixed text' });
    if (content.footer.length > whatsAppLimits.footer)
      faults.push({ field: 'footer', fault: tooLong(content.footer.length, whatsAppLimits.footer) });
  }
  return [...faults, ...buttonFaults(content.buttons, snippets)];
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

function headerFaults(header: WhatsAppTemplate['header'], snippets: SnippetSet): TemplateFault[] {
  if (header === null) return [];
  if (header.kind !== 'text') return addressFaults('header.url', header.url, snippets);
  const { faults, parts } = blanksOf('header.text', header.text, snippets);
  if (header.text.trim() === '')
    faults.push({ field: 'header.text', fault: 'is empty; write it or leave the header out' });
  if (/\n/.test(header.text)) faults.push({ field: 'header.text', fault: 'has more than one line' });
  if (variablesIn(parts) > whatsAppLimits.headerVariables)
    faults.push({ field: 'header.text', fault: 'holds more than one variable; Meta allows one' });
  const length = lengthAtMeta(parts);
  if (length > whatsAppLimits.headerText)
    faults.push({ field: 'header.text', fault: tooLong(length, whatsAppLimits.headerText) });
  return faults;
}

function bodyFaults(body: string, snippets: SnippetSet): TemplateFault[] {
  const { faults, parts } = blanksOf('body', body, snippets);
  if (body.trim() === '') faults.push({ field: 'body', fault: 'is empty; write the message' });
  const [first, last] = [parts.find(isVisible), parts.findLast(isVisible)];
  if (first?.kind === 'expression' || last?.kind === 'expression')
    faults.push({
      field: 'body',
      fault: 'begins or ends with a variable; Meta wants words before the first and after the last',
    });
  const length = lengthAtMeta(parts);
  if (length > whatsAppLimits.body)
    faults.push({ field: 'body', fault: tooLong(length, whatsAppLimits.body) });
  return faults;
}

function isVisible(part: TextPart): boolean {
  return part.kind === 'expression' || part.text.trim() !== '';
}

/** A text with numbered blanks: what is wrong with it as Handlebars, else its parts. */
function blanksOf(
  field: string,
  text: string,
  snippets: SnippetSet,
): { faults: TemplateFault[]; parts: TextPart[] } {
  const faults = textFaults(field, text, snippets);
  if (faults.length > 0) return { faults, parts: [] };
  try {
    const cut = cutAtExpressions(text);
    if ('parts' in cut) return { faults, parts: cut.parts };
    return { faults: [{ field, line: cut.fault.line, fault: cut.fault.fault }], parts: [] };
  } catch (error) {
    if (error instanceof TemplateError) return { faults: [{ field, fault: error.message }], parts: [] };
    throw error;
  }
}

function variablesIn(parts: readonly TextPart[]): number {
  return parts.filter((part) => part.kind === 'expression').length;
}

/** Length of the text as Meta sees it, its variables written `{{1}}`. */
function lengthAtMeta(parts: readonly TextPart[]): number {
  let variables = 0;
  return parts.reduce((sum, part) => {
    if (part.kind === 'text') return sum + [...part.text].length;
    variables++;
    return sum + 4 + String(variables).length;
  }, 0);
}

function tooLong(length: number, limit: number): string {
  return `has ${length} characters; Meta allows ${limit}`;
}

function buttonFaults(buttons: readonly WhatsAppButton[], snippets: SnippetSet): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const limits: [WhatsAppButton['type'] | null, number, string][] = [
    [null, whatsAppLimits.buttons, 'buttons'],
    ['url', whatsAppLimits.urlButtons, 'link buttons'],
    ['phone', whatsAppLimits.phoneButtons, 'phone buttons'],
    ['copyCode', whatsAppLimits.copyCodeButtons, 'code buttons'],
  ];
  for (const [type, limit, name] of limits) {
    const count = buttons.filter((button) => type === null || button.type === type).length;
    if (count > limit) faults.push({ field: 'buttons', fault: `has ${count} ${name}; Meta allows ${limit}` });
  }
  if (buttons.length > whatsAppLimits.buttons) return faults;
  buttons.forEach((button, index) => {
    faults.push(...oneButtonFaults(`buttons.${index}`, button, snippets));
  });
  return faults;
}

function oneButtonFaults(field: string, button: WhatsAppButton, snippets: SnippetSet): TemplateFault[] {
  const faults: TemplateFault[] = [];
  if (button.type !== 'copyCode') {
    if (button.text.trim() === '')
      faults.push({ field: `${field}.text`, fault: 'is empty; write the button’s words' });
    if (/\{\{/.test(button.text))
      faults.push({ field: `${field}.text`, fault: 'holds a variable; a button’s words are fixed' });
    if ([...button.text].length > whatsAppLimits.buttonText)
      faults.push({
        field: `${field}.text`,
        fault: tooLong([...button.text].length, whatsAppLimits.buttonText),
      });
  }
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
      faults.push(...textFaults(`${field}.code`, button.code, snippets));
      if (!/\{\{/.test(button.code) && !/^[A-Za-z0-9]+$/.test(button.code))
        faults.push({
          field: `${field}.code`,
          fault: 'is not of letters and digits; Meta takes nothing else',
        });
      if (!/\{\{/.test(button.code) && button.code.length > whatsAppLimits.couponCode)
        faults.push({
          field: `${field}.code`,
          fault: tooLong(button.code.length, whatsAppLimits.couponCode),
        });
      return faults;
  }
}
