import type { Context } from '../../http/context.ts';
import { findJourney, insertJourney, updateJourney } from '../journeys.sql.ts';
import { publishDraft } from '../publish/publish.ts';
import { documentHere, draftHere, type FilePlan, planFiles } from './plan-files.ts';

/** Who applies files to which project. */
export interface Applying {
  project: { id: number; timeZone: string };
  by: string;
}

/**
 * Makes, changes and publishes journeys as files say, or keeps them as drafts, unless any of them is refused: then nothing is done. Each journey is published by itself; whoever
 * was stopped between two applies again, and those that are done are the same then. Answers what was done.
 */
export async function applyFiles(
  context: Context,
  { project, by }: Applying,
  files: readonly unknown[],
): Promise<FilePlan[]> {
  const plans = await planFiles(context, project, files);
  if (plans.some(({ what }) => what === 'refused')) return plans;
  const ids = new Map<string, number>();
  // All are there before any is published: they may lead into one another.
  for (const { file, journey } of plans) {
    const { name, description = '' } = file;
    const id =
      journey?.id ??
      (await insertJourney(
        context.db,
        project.id,
        // The rest follows when all have their numbers.
        { name, description, draft: {} },
        by,
        context.clock.now(),
      ));
    ids.set(name, id);
  }
  const done: FilePlan[] = [];
  for (const plan of plans) {
    const id = ids.get(plan.file.name)!;
    if (plan.what !== 'same') await applyOne(context, { project, by }, id, plan);
    done.push({ ...plan, journey: await findJourney(context.db, project.id, id) });
  }
  return done;
}

async function applyOne(
  context: Context,
  { project, by }: Applying,
  id: number,
  { file, impact }: FilePlan,
): Promise<void> {
  const draft = await (file.draft ? draftHere : documentHere)(context, project.id, file);
  await context.db.transaction().execute(async (transaction) => {
    const journey = await findJourney(transaction, project.id, id, true);
    const change = { draft, description: file.description ?? '' };
    await updateJourney(transaction, journey, change, by, context.clock.now());
  });
  if (file.draft) return;
  const gone = new Set(impact?.removed.map(({ tile }) => tile));
  const moves = Object.fromEntries(Object.entries(file.moves ?? {}).filter(([tile]) => gone.has(tile)));
  await publishDraft(context, { project, journeyId: id, by, choices: { moves, recompute: [] } });
}
