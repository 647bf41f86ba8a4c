import type { SessionMessage } from '../../providers/whatsapp-message.ts';
import type { SnippetSet } from '../snippets/snippet-set.ts';
import { type TemplateFault, textFaults, withoutExpressions } from '../templates/text-faults.ts';
import { sessionMessageFaults } from './session-message-rules.ts';
import { lastOf, mapTexts, textsOfSession } from './session-texts.ts';

const hasExpression = (text: string): boolean => /\{\{|\[\[/.test(text);

/** What Meta takes in fields that are no mere words. */
const samples: Readonly<Record<string, string>> = {
  url: 'https://example.com',
  link: 'https://example.com',
  emoji: '👍',
  birthday: '2000-01-01',
};

/**
 * What stands against saving a free-form message: texts that do not compile, and what Meta would refuse whatever a person's fields
 * are. What is filled in is judged for each person.
 */
export function sessionTemplateFaults(message: SessionMessage, snippets: SnippetSet): TemplateFault[] {
  const faults = textsOfSession(message).flatMap(({ path, text }) => textFaults(path, text, snippets));
  if (faults.length > 0) return faults;
  let count = 0;
  const specimen = mapTexts(message, (text, path) => {
    if (!hasExpression(text)) return text;
    const sample = samples[lastOf(path)];
    if (sample !== undefined) return sample;
    // A sign that no other text has stands for what is filled in, since ids are to be unlike.
    const filledIn = String.fromCodePoint(0x4e00 + count++);
    return `${withoutExpressions(text).trim()}${filledIn}`;
  });
  return sessionMessageFaults(specimen);
}
