import { randomUUID } from 'node:crypto';
import { mergeSms, mergeWhatsApp } from '../../content/templates/merge-fields.ts';
import { type TemplateCall, upsertTemplate } from '../../content/templates/save-template.ts';
import type { Database } from '../../database/connect.ts';
import type { Caller, Context } from '../../http/context.ts';
import { ApiError } from '../../http/errors.ts';
import { holdNames, insertJourney, journeysOf } from '../journeys.sql.ts';
import { readGivenDocument } from '../publish/read-given.ts';
import { readyMade } from './all.ts';
import { askedIn, readAnswers } from './read-answers.ts';
import type { Message, ReadyMade } from './ready-made.ts';

/** What was made of a ready-made journey. */
export interface Made {
  journeyId: number;
  templates: { id: number; name: string; medium: string }[];
}

/** A ready-made journey. @throws ApiError NotFound. */
function findReadyMade(id: string): ReadyMade {
  const found = readyMade.find((each) => each.id === id);
  if (found) return found;
  throw new ApiError(
    'NotFound',
    `No ready-made journey “${id}”; there are ${readyMade.map((each) => each.id).join(', ')}`,
    { field: 'id', value: id },
  );
}

/**
 * Makes a ready-made journey by answers to its questions: templates of its messages, and a draft that sends by them, or nothing. What is sent on WhatsApp has to be
 * seen by Meta before it is published. @throws ApiError with all that is wrong with the answers, or with a message.
 */
export async function makeReadyMade(
  context: Context,
  caller: Caller,
  { id, name }: { id: string; name: string | undefined },
  given: Readonly<Record<string, unknown>>,
): Promise<Made> {
  const { project } = caller;
  const recipe = findReadyMade(id);
  const now = context.clock.now();
  const answers = readAnswers(await askedIn(context.db, project, recipe.questions, now), given);
  return context.db.transaction().execute(async (transaction) => {
    const title = await freeName(transaction, project.id, name ?? recipe.name);
    const own = { ...context, db: transaction };
    const templates = new Map<string, Made['templates'][number]>();
    for (const message of recipe.messages(answers)) {
      const asked = recipe.questions.find((question) => question.name === message.key);
      const called = `${title}: ${asked?.label ?? message.key}`;
      templates.set(message.key, await makeTemplate(own, caller, called, message));
    }
    const templateOf = (key: string) => {
      const template = templates.get(key);
      if (!template) throw new Error(`${id} sends no message ${key}`);
      return template.id;
    };
    const { document } = recipe.draw(answers, templateOf, project.timeZone);
    await readGivenDocument(own, project, document);
    const draft = { name: title, description: recipe.summary, draft: document };
    const journeyId = await insertJourney(transaction, project.id, draft, caller.name, now);
    return { journeyId, templates: [...templates.values()] };
  });
}

/** A name that no journey of the project has: “Welcome”, “Welcome 2”, “Welcome 3”. Who makes two at once waits for the first. */
async function freeName(transaction: Database, projectId: number, wanted: string): Promise<string> {
  await holdNames(transaction, projectId);
  const taken = new Set((await journeysOf(transaction, projectId)).map((each) => each.name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.has(name)) return name;
  }
}

async function makeTemplate(
  context: Context,
  caller: Caller,
  called: string,
  { messageTypeId, text, whatsApp }: Message,
): Promise<Made['templates'][number]> {
  const name = called.slice(0, 255);
  // What Meta files it under follows from the purpose of its message type.
  const fields = { name, messageTypeId };
  const call: TemplateCall = whatsApp
    ? { kind: 'whatsApp', fields, merge: (current) => mergeWhatsApp(current, asWhatsApp(text, whatsApp)) }
    : { kind: 'sms', fields, merge: (current) => mergeSms(current, { message: text }) };
  const { templateId } = await upsertTemplate(context, caller, `ready-made ${randomUUID()}`, call);
  return { id: templateId, name, medium: call.kind };
}

const asWhatsApp = (body: string, { image, button }: NonNullable<Message['whatsApp']>) => ({
  body,
  ...(image !== undefined && { header: { kind: 'image' as const, url: image } }),
  ...(button && { buttons: [{ type: 'url' as const, ...button }] }),
});
