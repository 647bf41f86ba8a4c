import type { Medium } from '../../medium/media.ts';
import type { Column } from './columns.ts';
import { type ImportOptions, ofHeader } from './options.ts';
import type { ImportQuestion } from './questions.ts';
import type { ColumnSight } from './scan.ts';

/** A project's channels and message types, as far as consent columns are bound to them. */
export interface ProjectTargets {
  channels: readonly { id: number; medium: Medium; promotional: boolean }[];
  types: readonly { id: number; channelId: number; medium: Medium }[];
}

/** What a column of yes and no, or of opt-outs, counts for. */
export interface ConsentBinding {
  index: number;
  header: string;
  /** A column of opt-outs: its yes is a wish to be left alone, its no says nothing. */
  refuses: boolean;
  /** Somebody said that it counts for nothing; what asks to be left alone in it is heard all the same. */
  leftOut: boolean;
  /** By whose yes people are opted in. */
  messageTypeIds: readonly number[];
  /** Whose opt-outs a wish to be left alone is. */
  channelIds: readonly number[];
  /** What its doubtful marks mean, as somebody said. */
  values: Readonly<Record<string, 'yes' | 'no' | 'blank'>>;
}

/** How a file's consent is read. */
export interface ConsentPlan {
  bindings: readonly ConsentBinding[];
  /** What all of its people agreed to, by statement; null where nothing is. */
  everyRow: Pick<ConsentBinding, 'messageTypeIds' | 'channelIds'> | null;
}

const mediumNames: Record<Medium, string> = { sms: 'SMS', whatsApp: 'WhatsApp', email: 'email' };

/**
 * Binds each consent column to the message types of its own channel, and asks where that cannot be told: two columns
 * for one channel, a column whose words name no channel or that its cells alone make one of consent, none at all for
 * what is wanted, a mark that may mean yes or
 * no. Opt-outs without a channel count for all promotional ones; it is asked only about those that another system's ids tell.
 */
export function planConsent(
  columns: readonly Column[],
  sights: readonly ColumnSight[],
  options: Pick<ImportOptions, 'consent' | 'consentColumns'>,
  targets: ProjectTargets,
): { plan: ConsentPlan; questions: ImportQuestion[] } {
  const stated = options.consentColumns ?? {};
  const wanted = options.consent?.messageTypeIds ?? [];
  const questions: ImportQuestion[] = [];
  const bindings: ConsentBinding[] = [];
  const typesOf = (medium: Medium) =>
    wanted.filter((id) => targets.types.some((type) => type.id === id && type.medium === medium));
  const bind = (index: number, messageTypeIds: readonly number[], medium: Medium | null, leftOut = false) => {
    const { header, meaning } = columns[index]!;
    bindings.push({
      ...{ index, header, refuses: isRefusal(meaning), leftOut, messageTypeIds },
      channelIds: refusedChannels(targets, messageTypeIds, medium),
      values: ofHeader(stated, header)?.values ?? {},
    });
  };
  const open: number[] = [];
  const answered = new Set<number>();
  columns.forEach(({ header, meaning, medium }, index) => {
    const own = ofHeader(stated, header);
    if (own) {
      for (const id of own.messageTypeIds) answered.add(id);
      bind(index, own.messageTypeIds, medium, own.messageTypeIds.length === 0);
    } else if (isRefusal(meaning)) {
      bind(index, medium ? typesOf(medium) : [], medium);
      if (columns[index]!.guessed && (sights[index]!.readings.optOut ?? 0) > 0)
        questions.push(refusedIds(header, wanted));
    } else if (meaning === 'optIn') open.push(index);
  });
  const isChosenAlone = (index: number) =>
    open.length === 1 && columns[index]!.chosen && sameMedium(wanted, targets);
  const isUntold = ({ medium, guessed }: Column) => medium === null || guessed;
  const untold = open.filter((index) => isUntold(columns[index]!) && !isChosenAlone(index));
  const inDoubt = untold.filter((index) => columns[index]!.guessed || speaks(sights[index]!));
  const everyRow: number[] = [];
  const media = [
    ...new Set(wanted.flatMap((id) => targets.types.find((type) => type.id === id)?.medium ?? [])),
  ];
  for (const medium of media) {
    const ids = typesOf(medium).filter((id) => !answered.has(id));
    const own = open.filter(
      (index) => !untold.includes(index) && (columns[index]!.medium === medium || isChosenAlone(index)),
    );
    const filled = own.filter((index) => sights[index]!.filled > 0);
    const [only] = filled.length === 1 ? filled : own.length === 1 ? own : [];
    if (ids.length === 0) for (const index of own) bind(index, [], medium);
    else if (only !== undefined) {
      bind(only, ids, medium);
      for (const index of own) if (index !== only) bind(index, [], medium);
    } else if (own.length > 1)
      questions.push(
        severalColumns(
          own.map((index) => columns[index]!.header),
          medium,
          ids,
        ),
      );
    else if (options.consent?.everyRow) everyRow.push(...ids);
    else if (untold.length === 0) questions.push(noColumn(columns, open, stated, medium, ids));
  }
  for (const index of open) {
    const { medium } = columns[index]!;
    if (untold.includes(index)) continue;
    if (medium !== null && !media.includes(medium) && !isChosenAlone(index)) bind(index, [], medium);
  }
  if (inDoubt.length > 0)
    questions.push(
      untoldColumns(
        inDoubt.map((index) => columns[index]!.header),
        wanted,
      ),
    );
  for (const index of untold) if (!inDoubt.includes(index)) bind(index, [], null);
  for (const { index, header, values, refuses, leftOut, messageTypeIds } of bindings) {
    const marks = refuses || leftOut ? [] : sights[index]!.marks.filter((mark) => values[mark] === undefined);
    if (marks.length > 0) questions.push(doubtfulMarks(header, marks, messageTypeIds));
  }
  const all =
    everyRow.length === 0
      ? null
      : { messageTypeIds: everyRow, channelIds: refusedChannels(targets, everyRow, null) };
  return { plan: { bindings, everyRow: all }, questions };
}

const isRefusal = (meaning: string): boolean => meaning === 'optOut' || meaning === 'optOutDate';

/** Whether a file says of anybody that they agreed, so that it must be stated where; columns left out do not count. */
export function speaksOfConsent(
  columns: readonly Column[],
  sights: readonly ColumnSight[],
  stated: NonNullable<ImportOptions['consentColumns']>,
): boolean {
  const optIns = columns.flatMap(({ meaning }, index) => (meaning === 'optIn' ? index : []));
  if (optIns.length > 0)
    return optIns.some(
      (index) =>
        ofHeader(stated, columns[index]!.header)?.messageTypeIds.length !== 0 && speaks(sights[index]!),
    );
  const details = new Set(['optInDate', 'optInSource', 'optInText', 'optInIp']);
  return columns.some(({ meaning }, index) => details.has(meaning) && sights[index]!.filled > 0);
}

/** Whether a column of opt-ins opts anybody in, or may. */
const speaks = ({ readings }: ColumnSight): boolean =>
  (readings.yes ?? 0) + (readings.asked ?? 0) + (readings.unknown ?? 0) + (readings.pending ?? 0) > 0;

function sameMedium(wanted: readonly number[], { types }: ProjectTargets): boolean {
  return new Set(types.filter(({ id }) => wanted.includes(id)).map(({ medium }) => medium)).size === 1;
}

/** The channels of these types; without any the promotional ones of the medium, without that of all media. */
function refusedChannels(
  targets: ProjectTargets,
  typeIds: readonly number[],
  medium: Medium | null,
): number[] {
  const own = targets.types.filter(({ id }) => typeIds.includes(id)).map(({ channelId }) => channelId);
  if (own.length > 0) return [...new Set(own)];
  return targets.channels
    .filter((channel) => channel.promotional && (medium === null || channel.medium === medium))
    .map(({ id }) => id);
}

const field = 'options.consentColumns';
const quoted = (headers: readonly string[]) => headers.map((header) => `“${header}”`).join(' and ');
const setting = (headers: readonly string[], ids: readonly number[]) =>
  JSON.stringify(
    Object.fromEntries(headers.map((header, place) => [header, { messageTypeIds: place === 0 ? ids : [] }])),
  );

function severalColumns(columns: string[], medium: Medium, ids: readonly number[]): ImportQuestion {
  const message = `${quoted(columns)} both speak of consent by ${mediumNames[medium]}; say which counts: ${field} ${setting(columns, ids)}`;
  return { about: 'severalColumns', field, columns, values: [], medium, messageTypeIds: [...ids], message };
}

function untoldColumns(columns: string[], ids: readonly number[]): ImportQuestion {
  const message = `${quoted(columns)} ${columns.length > 1 ? 'do' : 'does'} not say plainly who agreed to what; say what ${columns.length > 1 ? 'each' : 'it'} counts for, none to leave it out: ${field} ${setting(columns, ids)}; or map it to a profile field by options.mapping`;
  return {
    about: 'untoldChannel',
    field,
    columns,
    values: [],
    medium: null,
    messageTypeIds: [...ids],
    message,
  };
}

function refusedIds(header: string, ids: readonly number[]): ImportQuestion {
  const message = `“${header}” tells of refusals by the ids of another system; say which message types they are about, none for all: ${field} ${setting([header], ids)}; or map it to a profile field by options.mapping`;
  return {
    ...{ about: 'refusedIds', field, columns: [header], values: [], medium: null },
    ...{ messageTypeIds: [...ids], message },
  };
}

function noColumn(
  columns: readonly Column[],
  open: readonly number[],
  stated: object,
  medium: Medium,
  ids: readonly number[],
): ImportQuestion {
  const others = [...open.map((index) => columns[index]!.header), ...Object.keys(stated)];
  const seen =
    others.length === 0
      ? ''
      : ` (${quoted(others)} ${others.length > 1 ? 'speak' : 'speaks'} of another channel)`;
  const answer = JSON.stringify({ 'its header': { messageTypeIds: ids } });
  const message = `consent by ${mediumNames[medium]} is wanted, but no column is known to say who agreed${seen}; name the column: ${field} ${answer}, or say that everybody in this file agreed: options.consent.everyRow true, or leave message type ${ids.join(', ')} out`;
  return { about: 'noColumn', field, columns: others, values: [], medium, messageTypeIds: [...ids], message };
}

function doubtfulMarks(header: string, values: string[], ids: readonly number[]): ImportQuestion {
  const answer = JSON.stringify({
    [header]: { messageTypeIds: ids, values: Object.fromEntries(values.map((mark) => [mark, 'yes'])) },
  });
  const message = `“${header}” holds ${values.map((mark) => `“${mark}”`).join(', ')}, which may mean yes or no; say which by values in ${field}, beside its messageTypeIds: ${answer}`;
  return {
    about: 'doubtfulMark',
    field,
    columns: [header],
    values,
    medium: null,
    messageTypeIds: [...ids],
    message,
  };
}
