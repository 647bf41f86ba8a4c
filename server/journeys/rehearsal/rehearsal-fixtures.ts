import assert from 'node:assert/strict';
import type { Static } from 'typebox';
import { lanes } from '../../lanes/lanes.ts';
import type { JourneyGround } from '../testing/journey-ground.ts';
import { openRehearsal } from './open-rehearsal.ts';
import type { peopleAnswer, rehearsalAnswer } from './rehearsal-schemas.ts';
import { dueRehearsals, findRunning } from './rehearsals.sql.ts';
import { rehearseLane } from './rehearse-lane.ts';

export type RehearsalAnswer = Static<typeof rehearsalAnswer>;
export type RehearsedPerson = Static<typeof peopleAnswer>['people'][number];

/** Works on rehearsals as a worker does, until none is left. */
async function workOnRehearsals({ api: { context } }: Pick<JourneyGround, 'api'>): Promise<void> {
  for (;;) {
    const [due] = await dueRehearsals(context.db, context.clock.now());
    if (!due) return;
    const rehearsal = await findRunning(context.db, due.id);
    assert.ok(rehearsal);
    const open = await openRehearsal(context, rehearsal, 'A journey');
    for (const lane of lanes) await rehearseLane(context.db, open, rehearsal, lane, context.clock.now);
  }
}

/** Rehearses a journey to its end; answers what it came to. */
export async function rehearse(
  ground: Pick<JourneyGround, 'api' | 'call'>,
  journeyId: number,
  asked: object,
): Promise<RehearsalAnswer> {
  const path = `/api/journeys/${journeyId}/rehearsals`;
  const { rehearsalId } = await ground.call<{ rehearsalId: number }>('POST', path, asked);
  await workOnRehearsals(ground);
  const answer = await ground.call<RehearsalAnswer>('GET', `${path}/${rehearsalId}`);
  assert.equal(answer.state, 'done', answer.fault ?? '');
  return answer;
}

/** All people of a rehearsal, by their userIds; `query` besides. */
export async function peopleOf(
  { call }: Pick<JourneyGround, 'call'>,
  journeyId: number,
  rehearsalId: number,
  query: Record<string, string> = {},
): Promise<Map<string, RehearsedPerson>> {
  const found = new Map<string, RehearsedPerson>();
  for (let after: string | undefined = ''; after !== undefined; ) {
    const asked = new URLSearchParams({ ...query, ...(after && { after }) });
    const page: { people: RehearsedPerson[]; nextAfter?: string } = await call(
      'GET',
      `/api/journeys/${journeyId}/rehearsals/${rehearsalId}/people?${asked}`,
    );
    for (const person of page.people) found.set(person.userId ?? '', person);
    after = page.nextAfter;
  }
  return found;
}
