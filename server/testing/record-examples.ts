/** Makes all examples of the API's documentation and keeps the answers: `node server/testing/record-examples.ts`. */
import { writeFile } from 'node:fs/promises';
import { exampleAnswers, operations } from '../program/documentation.ts';
import { makeExamples } from './examples.ts';
import { startTestProgram } from './program.ts';

const program = await startTestProgram();
try {
  const made = await makeExamples(program, operations);
  const shown = [...made].map(([route, example]) => [
    route,
    { ...example, answer: shortened(example.answer) },
  ]);
  await writeFile(exampleAnswers, `${JSON.stringify(Object.fromEntries(shown), null, 2)}\n`);
} finally {
  await program.close();
}

/** An answer as a reader wants it: of many rows the first three, of a long text its beginning. */
function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length > 600 ? `${value.slice(0, 600)}…` : value;
  if (Array.isArray(value)) return value.slice(0, 3).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shortened(each)]));
}
