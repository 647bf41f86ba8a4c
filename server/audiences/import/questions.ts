import { type Static, Type } from 'typebox';
import { ApiError } from '../../http/errors.ts';
import { nullable } from '../../http/schemas.ts';
import type { Column } from './columns.ts';
import type { ImportOptions } from './options.ts';
import type { ColumnSight } from './scan.ts';

/** Something about a file that nobody but its sender can know; an import asks before it runs. */
export const questionSchema = Type.Object({
  about: Type.Enum([
    'severalColumns',
    'untoldChannel',
    'refusedIds',
    'noColumn',
    'doubtfulMark',
    'dateOrder',
    'sheet',
  ]),
  field: Type.String({ description: 'The option that answers it' }),
  columns: Type.Array(Type.String(), { description: 'The columns in doubt; of a workbook its sheets' }),
  values: Type.Array(Type.String(), { description: 'The cells in doubt' }),
  medium: nullable(Type.String()),
  messageTypeIds: Type.Array(Type.Integer(), { description: 'What is wanted' }),
  message: Type.String(),
});

export type ImportQuestion = Static<typeof questionSchema>;

/** Asks in which order day and month stand where a column of dates that counts does not show it. */
export function askDateOrder(
  columns: readonly Column[],
  sights: readonly ColumnSight[],
  options: ImportOptions,
): ImportQuestion[] {
  if (options.dateOrder) return [];
  const doubtful = columns.flatMap(({ header, meaning }, index) => {
    const { doubtfulDate, orders } = sights[index]!;
    const counts = meaning === 'optInDate' || meaning === 'optOutDate';
    return counts && doubtfulDate !== null && orders.length !== 1 ? [{ header, doubtfulDate }] : [];
  });
  if (doubtful.length === 0) return [];
  const [first] = doubtful;
  const headers = doubtful.map(({ header }) => header);
  const message = `“${first!.header}” holds ${first!.doubtfulDate}, of which the day or the month may be first, and no other row tells; say which: options.dateOrder "DMY" or "MDY"`;
  return [
    {
      ...{
        about: 'dateOrder',
        field: 'options.dateOrder',
        columns: headers,
        medium: null,
        messageTypeIds: [],
        message,
      },
      values: doubtful.map(({ doubtfulDate }) => doubtfulDate),
    },
  ];
}

/** @throws ApiError when something is asked: it names field, columns and options of the first, and holds all. */
export function refuseOpenQuestions(questions: readonly ImportQuestion[]): void {
  const [first] = questions;
  if (!first) return;
  const code = first.field === 'options.consentColumns' ? 'ConsentRequired' : 'BadParams';
  const text = questions.map(({ field, message }) => `${field}: ${message}`).join('. ');
  throw new ApiError(code, text, { field: first.field, columns: first.columns, questions });
}
