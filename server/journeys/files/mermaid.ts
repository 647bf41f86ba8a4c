import type { Context } from '../../http/context.ts';
import type { JourneyDocument } from '../definition/journey.ts';
import { end } from '../definition/tile-kind.ts';
import { readGivenDocument } from '../publish/read-given.ts';

/** A journey's document of a project as Mermaid's flowchart. @throws ApiError BadParams with all that is wrong in it. */
export async function mermaidOf(
  context: Pick<Context, 'db' | 'segmentKinds'>,
  project: { id: number; timeZone: string },
  given: unknown,
): Promise<string> {
  return flowchartOf(await readGivenDocument(context, project, given));
}

/** A journey as Mermaid's flowchart: tiles in words, ways by their names, what takes people out beside it. Pure. */
export function flowchartOf({ entry, exits, goal, start, tiles }: JourneyDocument): string {
  const lines = ['flowchart TD', `  entry(["Enter by ${quoted(entry.trigger.words)}"]) --> ${nodeOf(start)}`];
  for (const [id, { words }] of tiles) lines.push(`  ${nodeOf(id)}["${quoted(words)}"]`);
  let ends = 0;
  for (const [id, { ways }] of tiles) {
    // Ways that lead to one place are one arrow.
    for (const [target, led] of Map.groupBy(ways, ([, to]) => to)) {
      const names = led.map(([way]) => way);
      const label = ways.size === 1 || names.length === ways.size ? '' : `|"${quoted(names.join(', '))}"|`;
      const to = target === end ? `end${ends++}((" "))` : nodeOf(target);
      lines.push(`  ${nodeOf(id)} -->${label} ${to}`);
    }
  }
  for (const [index, { name, words, isGoal }] of exits.entries())
    lines.push(
      `  exit${index}{{"Leave at once: ${quoted(name)} (${quoted(words)})${isGoal ? ', the goal' : ''}"}}`,
    );
  if (goal) lines.push(`  goal[/"The goal: ${quoted(goal.words)}"/]`);
  return `${lines.join('\n')}\n`;
}

// Ids of tiles may be words of Mermaid's own.
const nodeOf = (id: string): string => `tile_${id.replaceAll('-', '_dash_')}`;
const quoted = (words: string): string =>
  words.replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;').replaceAll('\n', ' ');
