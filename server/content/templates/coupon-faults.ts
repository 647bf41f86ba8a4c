import type { Database } from '../../database/connect.ts';
import { type CouponPool, poolsByName } from '../coupons/coupon-pools.sql.ts';
import { isFreeForm, type TemplateContent } from '../template-content.ts';
import { textsOfSession } from '../whatsapp/session-texts.ts';
import { textsOfTemplate } from '../whatsapp/template-texts.ts';
import { whatsAppLimits } from './template-limits.ts';
import type { TemplateFault } from './text-faults.ts';

/** What stands against the coupon codes a template shows: pools that are not there, and codes that WhatsApp's button does not take. */
export async function couponFaults(
  db: Database,
  projectId: number,
  content: TemplateContent,
): Promise<TemplateFault[]> {
  const texts = textsOf(content).map(([field, text]) => ({ field, names: couponsIn(text) }));
  const pools = await poolsByName(db, projectId, new Set(texts.flatMap(({ names }) => names)));
  return texts.flatMap(({ field, names }) =>
    names.flatMap((name): TemplateFault[] => {
      const pool = pools.get(name);
      if (!pool)
        return [{ field, fault: `there is no coupon pool “${name}”; make it at /api/coupons/pools first` }];
      const fault = /^buttons\.\d+\.code$/.test(field) ? buttonFault(pool) : null;
      return fault === null ? [] : [{ field, fault }];
    }),
  );
}

/** The pools whose codes a text shows, each once. */
export function couponsIn(text: string): string[] {
  const found = [...text.matchAll(/[{(]\s*~?\s*coupon\s+(?:"([^"]+)"|'([^']+)')/g)];
  return [...new Set(found.map(([, double, single]) => double ?? single ?? ''))];
}

/** The pools whose codes any text of a content shows. */
export const couponsOf = (content: TemplateContent): string[] => [
  ...new Set(textsOf(content).flatMap(([, text]) => couponsIn(text))),
];

/** The pools whose codes the WhatsApp buttons of a template's content copy. */
export function couponsInButtons(content: TemplateContent): string[] {
  if (content.medium !== 'whatsApp' || isFreeForm(content)) return [];
  return content.buttons.flatMap((button) => (button.type === 'copyCode' ? couponsIn(button.code) : []));
}

function buttonFault({ name, longest_code, is_alphanumeric }: CouponPool): string | null {
  const limit = whatsAppLimits.couponCode;
  if (longest_code > limit)
    return `shows codes of the pool “${name}”, which have up to ${longest_code} characters; Meta takes ${limit} in this button, use a pool of shorter codes`;
  return is_alphanumeric
    ? null
    : `shows codes of the pool “${name}”, not all of which are of letters and digits; Meta takes nothing else in this button, use another pool`;
}

function textsOf(content: TemplateContent): [field: string, text: string][] {
  switch (content.medium) {
    case 'sms':
      return [
        ['message', content.message],
        ...content.mediaUrls.map((url, index): [string, string] => [`mediaUrls.${index}`, url]),
      ];
    case 'whatsApp':
      if (isFreeForm(content))
        return textsOfSession(content.message).map(({ path, text }) => [`message.${path}`, text]);
      return textsOfTemplate(content).map(({ path, text }) => [path, text]);
    case 'email':
      return (['subject', 'html', 'plainText', 'preheader'] as const).map((field) => [field, content[field]]);
  }
}
