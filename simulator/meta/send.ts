import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { MetaEntry, SentTemplate } from '../ledger/entry.ts';
import { dialledNumber } from '../ledger/spelling.ts';
import type { Behaviour } from '../network/behaviour.ts';
import { drawFor, judge, type Network, refuse } from '../network/network.ts';
import { type Sender, type Template, toNumber } from '../network/registry.ts';
import type { Known } from './content-limits.ts';
import { contentFault, contextFault } from './content-rules.ts';
import { isAnsweredAtOnce, type MetaError, metaError } from './errors.ts';
import { textAt } from './fields.ts';
import type { MediaStore } from './media.ts';
import type { People } from './people.ts';
import { stateOf } from './phone-number.ts';
import { sendStatuses } from './receipts.ts';
import { parameterFault } from './template-rules.ts';
import { parameterText, sentComponentsOf } from './template-text.ts';

const Post = Type.Object({
  messaging_product: Type.Literal('whatsapp'),
  to: Type.Optional(Type.String()),
  recipient: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
  biz_opaque_callback_data: Type.Optional(Type.String({ maxLength: 512 })),
  context: Type.Optional(Type.Object({ message_id: Type.String() })),
  text: Type.Optional(Type.Object({ body: Type.String() })),
  template: Type.Optional(
    Type.Object({
      name: Type.String(),
      language: Type.Object({ code: Type.String() }),
      components: Type.Optional(Type.Array(Type.Unknown())),
    }),
  ),
});
type Post = Static<typeof Post>;
const postCheck = Compile(Post);
const withContent = Compile(Type.Record(Type.String(), Type.Unknown()));

/** Types a business may send beside text and template (Meta, messages reference). */
const types = [
  'image',
  'video',
  'audio',
  'sticker',
  'document',
  'location',
  'contacts',
  'reaction',
  'interactive',
];
const media = ['image', 'video', 'audio', 'sticker', 'document'];
const longestText = 4096;
const sessionMs = 24 * 3_600_000;

/** What became of a posted message. */
export type Sent =
  | { taken: Promise<void>; entry: MetaEntry; input: string; behaviour: Behaviour }
  | { error: MetaError; behaviour: Behaviour };

/** Where a template of a business stands in the registry. */
export function templateKey(wabaId: string, name: string, language: string): string {
  return `${wabaId}/${name}/${language}`;
}

function templateFault(
  template: Template | undefined,
  post: NonNullable<Post['template']>,
  isToUserId: boolean,
): MetaError | null {
  if (template?.status === 'PAUSED') return metaError(132015);
  if (template?.status === 'DISABLED') return metaError(132016);
  if (template?.status !== 'APPROVED')
    return metaError(132001, `template name (${post.name}) does not exist in ${post.language.code}`);
  if (template.category === 'AUTHENTICATION' && isToUserId) return metaError(131062);
  return parameterFault(template, post.components ?? []);
}

/** The object named after the message's type, in which its content stands. */
function contentOf(post: unknown, type: string | undefined): unknown {
  return withContent.Check(post) ? post[type ?? ''] : undefined;
}

/** Whether the person wrote to this number in the last 24 hours, so that any type may be sent. */
function inSession(network: Network, sender: Sender, handset: string): boolean {
  const last = network.registry.sessions.get(`${sender.phoneNumberId}/${handset}`);
  return last !== undefined && network.now() - last < sessionMs;
}

function fault(
  network: Network,
  sender: Sender,
  post: Post,
  handset: string,
  known: Known,
  template?: Template,
): MetaError | null {
  if (!stateOf(network, sender.phoneNumberId).registered) return metaError(133010);
  const type = post.type ?? 'text';
  if (type === 'template')
    return post.template
      ? templateFault(template, post.template, post.to === undefined)
      : metaError(131008, 'template is missing');
  if (type === 'text' && post.text === undefined) return metaError(131008, 'text is missing');
  if (type === 'text' && post.text?.body.trim() === '') return metaError(100, "Param text['body'] is empty");
  if (type !== 'text' && !types.includes(type)) return metaError(131051, `type ${type}`);
  if ((post.text?.body.length ?? 0) > longestText)
    return metaError(100, `Param text['body'] must be at most ${longestText} characters long.`);
  const wrong =
    (type === 'text' ? null : contentFault(type, contentOf(post, type), known)) ??
    contextFault(type, post.context);
  if (wrong) return wrong;
  if (!inSession(network, sender, handset))
    return metaError(
      131047,
      'More than 24 hours have passed since the recipient last replied to the sender number',
    );
  return null;
}

function sentTemplate(post: Post, template: Template | undefined): SentTemplate | undefined {
  if (!post.template || !template) return undefined;
  const components = post.template.components ?? [];
  return {
    name: template.name,
    language: template.language,
    category: template.category,
    components,
    parameters: sentComponentsOf(components).flatMap((part) => (part.parameters ?? []).map(parameterText)),
  };
}

const Medium = Compile(
  Type.Object({
    id: Type.Optional(Type.String()),
    link: Type.Optional(Type.String()),
    caption: Type.Optional(Type.String()),
  }),
);
function textAndMedia(post: Post): { body: string; media: string[] } {
  const content = contentOf(post, post.type);
  if (post.type && media.includes(post.type) && Medium.Check(content))
    return { body: content.caption ?? '', media: [content.link ?? content.id ?? ''] };
  if (post.type === 'interactive') return { body: textAt(content, 'body.text'), media: [] };
  if (post.type === 'reaction') return { body: textAt(content, 'emoji'), media: [] };
  return { body: post.text?.body ?? '', media: [] };
}

/** What the content of a message may name: uploaded files, and published flows of the same business. */
function knownTo(network: Network, files: MediaStore, { business }: Sender): Known {
  return {
    media: (id) => files.has(id),
    flow: (wanted, isDraft) =>
      network.registry.flows
        .values()
        .some(
          ({ id, name, wabaId, status }) =>
            wabaId === business.id &&
            [id, name].includes(wanted) &&
            (status === 'PUBLISHED' || (isDraft && status === 'DRAFT')),
        ),
  };
}

/** Takes a posted message: refuses it with Meta's error, or puts it in the ledger and sees to its statuses. */
export function sendMessage(
  network: Network,
  people: People,
  files: MediaStore,
  sender: Sender,
  value: unknown,
): Sent {
  const from = sender.displayNumber;
  if (!postCheck.Check(value)) {
    const first = postCheck.Errors(value)[0];
    const error = metaError(100, first ? `${first.instancePath} ${first.message}` : 'not a message');
    refuse(network, 'meta', from, '', error.code);
    return { error, behaviour: network.behaviours.of(from, '') };
  }
  const input = value.to ?? value.recipient ?? '';
  const to = value.to ? toNumber(value.to) : people.handsetOf(input);
  const handset = dialledNumber(to);
  const behaviour = network.behaviours.of(from, handset);
  const drawn = drawFor(network, behaviour, 'meta');
  const verdict = judge(network, behaviour, from, drawn, isAnsweredAtOnce);
  const wanted = value.template;
  const template =
    wanted &&
    network.registry.templates.get(templateKey(sender.business.id, wanted.name, wanted.language.code));
  const error = verdict.pass
    ? input === ''
      ? metaError(131008, 'to or recipient is missing')
      : fault(network, sender, value, handset, knownTo(network, files, sender), template)
    : metaError(verdict.cause === 'rate' ? 130429 : verdict.cause);
  if (error) {
    refuse(network, 'meta', from, handset, error.code);
    return { error, behaviour };
  }
  const { entry, taken } = network.ledger.append({
    wire: 'meta',
    kind: 'outbound',
    id: network.newId('wamid.HBgL'),
    from,
    to,
    status: 'accepted',
    ...textAndMedia(value),
    segments: 1,
    reference: value.biz_opaque_callback_data,
    wabaId: sender.business.id,
    phoneNumberId: sender.phoneNumberId,
    type: value.type ?? 'text',
    template: sentTemplate(value, template),
    content: types.includes(value.type ?? '') ? contentOf(value, value.type) : undefined,
    userId: people.userIdOf(sender.business.id, handset),
    addressedBy: value.to ? 'to' : 'recipient',
    replyTo: value.context?.message_id,
  });
  const sent = taken.then(() => sendStatuses(network, people, behaviour, entry, drawn));
  return { entry, input, taken: sent, behaviour };
}
