import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { ownKinds } from '../../segments/kinds.ts';
import { type Reference, referenceText } from '../../segments/leaf-kind.ts';
import { readJourney } from '../definition/read-journey.ts';
import { flowchartOf } from '../files/mermaid.ts';
import { readyMade } from './all.ts';
import type { Answers, Question, ReadyMade } from './ready-made.ts';

/** Where the document stands. */
export const readyMadePath = new URL('../../../docs/reference/ready-made-journeys.md', import.meta.url);

const preface = `# Ready-made journeys

Generated from \`server/journeys/ready-made/recipes/\` by \`node server/journeys/ready-made/print-ready-made.ts\`; a test fails while it is not in line.

In the console under Journeys, "Ready-made", or by \`POST /api/journeys/readyMade/{id}\` with \`answers\`: templates of the messages are made, and a draft that sends by them,
which is yours from then on. Every question has an answer that works as it stands, but for lists. What is sent on WhatsApp has to be submitted to Meta
before the journey is published. Each is run from end to end by the tests, as it is printed here.
`;

/** The text of docs/reference/ready-made-journeys.md. */
export const readyMadeDocument = (): string => [preface, ...readyMade.map(sectionOf)].join('\n');

function sectionOf(recipe: ReadyMade): string {
  const { id, name, summary, questions } = recipe;
  const rows = questions.map(
    (question) => `| \`${question.name}\` | ${question.label} | ${usualWords(question)} |`,
  );
  return `## ${name}

\`${id}\`: ${summary}

\`\`\`mermaid
${pictureOf(recipe)}\`\`\`

| answer | asks | unless told |
| --- | --- | --- |
${rows.join('\n')}
`;
}

function usualWords(question: Question): string {
  switch (question.kind) {
    case 'list':
      return 'to be chosen';
    case 'messageType':
      return `the first message type for ${question.medium === 'sms' ? 'SMS' : 'WhatsApp'} that is ${question.purpose}`;
    case 'moment':
      return 'tomorrow at this time';
    default:
      return String(question.usually).replaceAll('|', '\\|');
  }
}

function pictureOf(recipe: ReadyMade): string {
  const numbers = new Map(recipe.questions.map(({ name }, index) => [name, index + 1]));
  const answers: Answers = {
    text: (name) => {
      const question = recipe.questions.find((each) => each.name === name);
      if (question?.kind === 'moment') return '2026-12-24T09:00';
      return question && 'usually' in question ? String(question.usually) : '';
    },
    number: (name) => {
      const question = recipe.questions.find((each) => each.name === name);
      return question && 'usually' in question && typeof question.usually === 'number'
        ? question.usually
        : (numbers.get(name) ?? 0);
    },
  };
  const keys = recipe.messages(answers).map(({ key }) => key);
  const timeZone = 'Europe/London';
  const { document } = recipe.draw(answers, (key) => keys.indexOf(key) + 1, timeZone);
  const named = (kind: Reference['kind'], id: number, name: string) =>
    [referenceText({ kind, id }), name] as const;
  const names = new Map([
    ...keys.map((key, index) => named('template', index + 1, key)),
    ...recipe.questions.flatMap(({ kind, name, label }) => {
      const id = numbers.get(name) ?? 0;
      return kind === 'list' || kind === 'messageType' ? [named(kind, id, label)] : [];
    }),
  ]);
  const ground = { kinds: ownKinds, timeZone, segments: new Map() };
  return flowchartOf(readJourney({ ...ground, names }, document));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(readyMadePath, readyMadeDocument());
