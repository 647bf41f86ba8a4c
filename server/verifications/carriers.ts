import { suppressedChannels } from '../consent/suppression.sql.ts';
import type { Database } from '../database/connect.ts';
import { loadCandidates } from '../delivery/admission/admission-plan.ts';
import type { CallerProject } from '../http/context.ts';
import type { Medium } from '../medium/media.ts';
import type { HiddenCode, MessageContent } from '../providers/sending.ts';
import { chooseSender, type SenderChoice } from '../senders/choose-sender.ts';
import { loadPrices } from '../senders/rates/prices.ts';
import { codeText } from './code-texts.ts';
import type { Profile } from './profiles.sql.ts';
import { endedChannels, transactionalChannels } from './verifications.sql.ts';
import { codeContent, templateFor } from './whatsapp/code-template.ts';
import { type CodeTemplate, codeSendersOf, codeTemplatesOf } from './whatsapp/code-templates.sql.ts';

/** Media that carry codes: what reaches one phone and nobody else's. Email is none (NIST SP 800-63B-4, 3.1.3.1). */
export const codeMedia = ['sms', 'whatsApp'] as const;

/** A medium that can carry a code to somebody. */
export interface Carrier {
  medium: Medium;
  senderId: number;
  channelId: number;
  /** What the message says, the code hidden. */
  say(code: HiddenCode): { content: MessageContent; segments: number };
  /** What it costs with a code of so many digits, in millionths of a dollar. */
  priceMicros(digits: number): number;
}

/** A number in E.164 with its country. */
export interface CodeNumber {
  e164: string;
  country: string;
}

/** The project as far as its codes name it. */
export type CodeProject = Pick<CallerProject, 'id' | 'brand' | 'name'>;

/** To whom a code is to go, by which media and in which language. */
interface Asked {
  wanted: readonly Medium[];
  number: CodeNumber;
  locale?: string | undefined;
  now: Date;
}

/** What of these media can carry a code to a number, in their order, and why the others cannot. */
export async function carriersFor(
  db: Database,
  project: CodeProject,
  profile: Profile,
  { wanted, number: { e164, country }, locale, now }: Asked,
): Promise<{ carriers: Carrier[]; refusals: { medium: Medium; reason: string }[] }> {
  const [candidates, channels, price, suppressed, ended, templates] = await Promise.all([
    loadCandidates(db, project.id),
    transactionalChannels(db, project.id),
    loadPrices(db, project.id),
    suppressedChannels(db, project.id, e164),
    endedChannels(db, project.id, e164),
    wanted.includes('whatsApp') ? codeTemplatesOf(db, [profile.id]) : [],
  ]);
  const template = templateFor(templates, profile, locale);
  const ofTemplate = template ? await codeSendersOf(db, project.id, [template.provider_account_id]) : [];
  const carriers: Carrier[] = [];
  const refusals: { medium: Medium; reason: string }[] = [];
  for (const medium of wanted) {
    const channel = channels.find((each) => each.medium === medium);
    if (!channel || suppressed.has(channel.id) || ended.has(channel.id)) {
      refusals.push({ medium, reason: 'optedOut' });
      continue;
    }
    if (medium === 'whatsApp' && !template) {
      refusals.push({ medium, reason: 'templateNotApproved' });
      continue;
    }
    const allowed = medium === 'whatsApp' ? ofTemplate.map(({ id }) => id) : null;
    const choice = choiceOf(
      candidates.filter((sender) => sender.medium === medium).map(({ id }) => id),
      profile.sender_ids,
      allowed,
    );
    const asked = { medium, purpose: 'transactional' as const, country, sticky: null };
    // The same number has its codes from the same sender of several.
    const chosen = chooseSender({ ...asked, choice, userId: Number(e164.slice(-9)) }, candidates);
    if ('refusal' in chosen) {
      refusals.push({ medium, reason: chosen.refusal });
      continue;
    }
    const sender = candidates.find(({ id }) => id === chosen.senderId)!;
    const priced = { sender, country, category: 'AUTHENTICATION', isMms: false, at: now };
    const say = (code: HiddenCode) => wordsOf(medium, code, { project, profile, template, locale });
    carriers.push({
      ...{ medium, senderId: chosen.senderId, channelId: channel.id, say },
      priceMicros: (digits) => price({ ...priced, segments: say({ seed: '', digits }).segments }),
    });
  }
  return { carriers, refusals };
}

/** The profile's senders of a medium, or any; of WhatsApp only those whose account has the template. */
function choiceOf(
  ofMedium: readonly number[],
  own: readonly number[],
  allowed: readonly number[] | null,
): SenderChoice {
  const named = ofMedium.filter((id) => own.includes(id));
  const senderIds = (named.length > 0 ? named : (allowed ?? [])).filter(
    (id) => allowed === null || allowed.includes(id),
  );
  return named.length === 0 && allowed === null ? { kind: 'any' } : { kind: 'pool', senderIds };
}

function wordsOf(
  medium: Medium,
  code: HiddenCode,
  of: {
    project: CodeProject;
    profile: Profile;
    template: CodeTemplate | undefined;
    locale: string | undefined;
  },
): { content: MessageContent; segments: number } {
  if (medium === 'whatsApp' && of.template) return { content: codeContent(of.template, code), segments: 1 };
  const wording = { ...wordingOf(of.profile, of.project), codeLength: code.digits };
  const { body, segments } = codeText(wording, of.locale);
  return { content: { kind: 'sms', body, code }, segments };
}

/** How a profile's codes are told. */
export const wordingOf = (profile: Profile, project: CodeProject) => ({
  brand: profile.brand ?? (project.brand || project.name),
  // Checked when it was saved.
  texts: profile.texts as Record<string, string>,
  codeLength: profile.code_length,
  webDomain: profile.web_domain,
  appHash: profile.app_hash,
});
