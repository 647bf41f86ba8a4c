import type { Purpose } from '../../database/tables/consent.ts';
import { hasOptOutLine } from '../opt-out-line.ts';
import { countSegments } from '../segments/count-segments.ts';
import { suggestGsm7 } from '../segments/suggest-gsm7.ts';
import type { SnippetSet } from '../snippets/snippet-set.ts';
import {
  isFreeForm,
  type SmsTemplate,
  type TemplateContent,
  type WhatsAppTemplate,
} from '../template-content.ts';
import { fieldWarnings } from './field-warnings.ts';
import { segmentsWarned } from './template-limits.ts';
import { withoutExpressions } from './text-faults.ts';
import { hasEmoji, isSparse } from './whatsapp-text-faults.ts';

/** What a writer should know of a template that can be saved all the same. */
export function templateWarnings(
  content: TemplateContent,
  about: { brand: string; purpose: Purpose },
  snippets: SnippetSet,
): string[] {
  return [...mediumWarnings(content, about), ...fieldWarnings(content, snippets)];
}

function mediumWarnings(content: TemplateContent, about: { brand: string; purpose: Purpose }): string[] {
  switch (content.medium) {
    case 'sms':
      return smsWarnings(content, about);
    case 'whatsApp':
      return isFreeForm(content) ? [] : whatsAppWarnings(content);
    case 'email':
      return about.purpose === 'promotional' && !/unsubscribeUrl/.test(content.html)
        ? ['html does not use {{unsubscribeUrl}}: an unsubscribe link will be put at its end']
        : [];
  }
}

/** What Meta refuses at times. */
function whatsAppWarnings({ body, buttons }: WhatsAppTemplate): string[] {
  const labels = buttons.flatMap((button) => ('text' in button ? [button.text] : []));
  return [
    ...(isSparse(body)
      ? ['body has many variables for its length; Meta may refuse it, write more words around them']
      : []),
    ...(labels.some(hasEmoji) ? ['buttons hold emoji, which Meta may refuse there'] : []),
  ];
}

function smsWarnings(content: SmsTemplate, about: { brand: string; purpose: Purpose }): string[] {
  const warnings: string[] = [];
  const fixed = withoutExpressions(content.message);
  const isMms = content.mediaUrls.length > 0;
  if (!isMms) warnings.push(...alphabetWarnings(fixed));
  const { segments } = countSegments(fixed);
  if (!isMms && segments > segmentsWarned)
    warnings.push(
      `message has ${segments} segments without its fields; carriers drop texts of more than ${segmentsWarned}`,
    );
  if (!fixed.toLowerCase().includes(about.brand.toLowerCase()))
    warnings.push(`message does not name ${about.brand}; carriers want the brand in each text`);
  if (about.purpose === 'promotional' && !hasOptOutLine(content.message))
    warnings.push(
      'message does not say how to opt out: a line that does will be put at its end where it is due',
    );
  return warnings;
}

/** Says so when a character or two make a text UCS-2, whose segments hold less than half. */
function alphabetWarnings(fixed: string): string[] {
  if (countSegments(fixed).encoding === 'GSM-7') return [];
  const foreign = [...new Set(fixed)].filter((letter) => countSegments(letter).encoding !== 'GSM-7');
  const better = suggestGsm7(fixed);
  const [now, then] = [countSegments(fixed).segments, countSegments(better)];
  if (then.encoding === 'GSM-7')
    return [
      `message holds ${foreign.join(' ')}, which makes it UCS-2 (${now === 1 ? '1 segment' : `${now} segments`}); written with ${foreign.map((letter) => suggestGsm7(letter) || 'nothing').join(' ')} it needs ${then.segments}`,
    ];
  return foreign.length === 1
    ? [
        `message is UCS-2 (${now === 1 ? '1 segment' : `${now} segments`} of 70 characters, not 160) because of the one character ${foreign[0]}`,
      ]
    : [];
}
