import { type Static, Type } from 'typebox';
import { asSendable, unapproved, unapprovedWords } from '../../content/templates/approval.ts';
import { templatesOf } from '../../content/templates/templates.sql.ts';
import type { Database } from '../../database/connect.ts';
import type { Fault } from '../../http/errors.ts';
import { isObject } from '../../segments/values/group.ts';
import type { SeenDocument } from '../definition/read-journey.ts';

/** Something that keeps nobody from publishing, and that whoever does is to know. */
export const warningAnswer = Type.Object({
  field: Type.String({ description: 'document.tiles.text.templateId' }),
  warning: Type.String(),
});
export type Warning = Static<typeof warningAnswer>;

/**
 * Templates that tiles send by and that their provider does not let be sent now, each with how it stands. None of these states is the last: a template may be
 * submitted, or edited and submitted again, while the journey runs.
 */
export async function unapprovedTemplates(
  db: Database,
  projectId: number,
  tiles: SeenDocument['tiles'],
): Promise<Warning[]> {
  const sent = [...tiles].flatMap(([tile, { sends }]) => (sends ? [{ tile, id: sends.templateId }] : []));
  if (sent.length === 0) return [];
  const known = await templatesOf(
    db,
    projectId,
    sent.map(({ id }) => id),
  );
  const templates = new Map(known.map((template) => [template.id, template]));
  return sent.flatMap(({ tile, id }): Warning[] => {
    const template = templates.get(id);
    const refused = template ? unapproved(template) : [];
    if (!template || refused.length === 0) return [];
    const stands = refused.every(({ status }) => status === null)
      ? 'was never submitted to Meta; submit it'
      : `is ${refused.map((each) => unapprovedWords(each, template)).join(', ')} at Meta`;
    const then = asSendable(template).barred
      ? 'whoever comes here gets no message and goes on by skipped (templateNotApproved)'
      : 'its readers get the default';
    return [
      {
        field: `document.tiles.${tile}.templateId`,
        warning: `names the template “${template.name}”, which ${stands}: until it is APPROVED, ${then}`,
      },
    ];
  });
}

/**
 * Instants that a document names and that are over, so that something of it does nothing any more: a fault where it is newly said, a warning where what
 * is published says it too, since whoever changes another thing of a journey that runs need not mend it. Pure.
 */
export function pastInstants(
  { tiles, entry }: Pick<SeenDocument, 'tiles' | 'entry'>,
  published: unknown,
  now: Date,
): { faults: Fault[]; warnings: Warning[] } {
  const only = entry?.trigger.schedule?.only;
  const ends = [
    ...[...tiles].flatMap(([id, { sendsBefore }]) =>
      sendsBefore
        ? [
            {
              path: ['tiles', id, 'before', 'date'],
              ...sendsBefore,
              what: 'no message of this tile leaves any more',
            },
          ]
        : [],
    ),
    ...(only
      ? [{ path: ['entry', 'on', 'schedule', 'at'], ...only, what: 'nobody enters by it any more' }]
      : []),
  ];
  const faults: Fault[] = [];
  const warnings: Warning[] = [];
  for (const { path, at, given, what } of ends) {
    if (at > now) continue;
    const field = ['document', ...path].join('.');
    const fault = `is ${given.replace('T', ' ')}, which is over (it is ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC), so ${what}; give a time to come`;
    if (valueAt(published, path) === given) warnings.push({ field, warning: fault });
    else faults.push({ field, fault });
  }
  return { faults, warnings };
}

const valueAt = (document: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (part, name) => (isObject(part) && Object.hasOwn(part, name) ? part[name] : undefined),
    document,
  );
