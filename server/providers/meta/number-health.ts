import { type Finding, fault, fine, notice } from '../account-set-up.ts';
import { type JsonRecord, recordAt, recordsAt, textAt } from '../json-reading.ts';

/** How many people may be written to in 24 hours outside their sessions, over all numbers of the business (facts: messaging limits). */
const limits: Readonly<Record<string, number>> = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_1K: 1_000,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
};

/** Up to here a campaign soon meets the limit, so that it is worth saying how it rises. */
const lowLimit = 2_000;

/** What there is to know of a WhatsApp number, of Meta's fields of it; `about` is the number as people know it. */
export function numberFindings(about: string, fields: JsonRecord): Finding[] {
  const findings = [
    ...registrationFindings(about, fields),
    ...nameFindings(about, fields),
    ...qualityFindings(about, fields),
    ...limitFindings(about, fields),
    ...healthFindings(about, fields),
  ];
  return findings.length > 0 ? findings : [fine(about, 'Connected, of good quality')];
}

function registrationFindings(about: string, fields: JsonRecord): Finding[] {
  const status = textAt(fields, 'status') ?? 'CONNECTED';
  if (textAt(fields, 'code_verification_status') === 'NOT_VERIFIED')
    return [
      fault(
        about,
        'It is not verified: Meta does not know yet that the number is yours',
        'Have a code sent to it on its page, enter the code, then register the number.',
      ),
    ];
  switch (status) {
    case 'CONNECTED':
      return [];
    case 'FLAGGED':
      return [
        notice(
          about,
          'Meta has flagged it: people block or report it too often',
          'Write less, and only to people who asked for it; Meta looks again after seven days.',
        ),
      ];
    case 'RESTRICTED':
    case 'RATE_LIMITED':
      return [
        fault(
          about,
          'Its limit is used up: Meta takes no more messages that open a conversation',
          'Wait until 24 hours are over, or spread campaigns over more days.',
        ),
      ];
    default:
      return [
        fault(
          about,
          `It is not registered (${status.toLowerCase()}), so nothing can be sent from it`,
          'Register it with its PIN on its page.',
        ),
      ];
  }
}

function nameFindings(about: string, fields: JsonRecord): Finding[] {
  const name = textAt(fields, 'verified_name') ?? '';
  switch (textAt(fields, 'name_status')) {
    case 'DECLINED':
      return [
        notice(
          about,
          `Meta declined its display name “${name}”, so the limit does not rise`,
          'Give another in WhatsApp Manager → Phone numbers → the number → Profile → Edit display name. It must be that of your business.',
        ),
      ];
    case 'EXPIRED':
      return [
        notice(about, `The approval of its display name “${name}” has ended`, 'Register the number again.'),
      ];
    case 'PENDING_REVIEW':
      return [notice(about, `Meta is looking at its display name “${name}”`)];
    default:
      return [];
  }
}

function qualityFindings(about: string, fields: JsonRecord): Finding[] {
  const remedy =
    'Write only to people who opted in to WhatsApp, less often, and what they asked for; look which templates are blocked most in WhatsApp Manager → Insights.';
  switch (textAt(fields, 'quality_rating')) {
    case 'RED':
      return [fault(about, 'Its quality is low: many people block or report its messages', remedy)];
    case 'YELLOW':
      return [notice(about, 'Its quality has fallen to medium', remedy)];
    default:
      return [];
  }
}

function limitFindings(about: string, fields: JsonRecord): Finding[] {
  const limit = limits[limitOf(fields)];
  if (limit === undefined || limit > lowLimit) return [];
  return [
    notice(
      about,
      `Within 24 hours ${limit.toLocaleString('en-US')} people at most can be written to who have not written themselves`,
      'Verify your business in business.facebook.com → Security Centre. After that the limit rises by itself while half of it is used and quality is good.',
    ),
  ];
}

/** The business's limit by its newer field, else by the older one. */
export function limitOf(fields: JsonRecord): string {
  return (
    textAt(fields, 'whatsapp_business_manager_messaging_limit') ??
    textAt(fields, 'messaging_limit_tier') ??
    ''
  );
}

/** Meta's own account of what keeps the number, its account, business or app from sending, with Meta's remedies. */
function healthFindings(about: string, fields: JsonRecord): Finding[] {
  return recordsAt(recordAt(fields, 'health_status'), 'entities').flatMap((entity) => {
    const can = textAt(entity, 'can_send_message');
    const of = (textAt(entity, 'entity_type') ?? 'PHONE_NUMBER').replaceAll('_', ' ').toLowerCase();
    const state = can === 'BLOCKED' ? ('fault' as const) : ('notice' as const);
    return recordsAt(entity, 'errors').map((error): Finding => {
      const words = textAt(error, 'error_description') ?? 'something is wrong';
      const code = textAt(error, 'error_code');
      return {
        ...{ about, state },
        found: `Meta says of the ${of}: ${words}${code === undefined ? '' : ` (${code})`}`,
        remedy: textAt(error, 'possible_solution') ?? null,
      };
    });
  });
}
