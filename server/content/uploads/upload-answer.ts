import { Type } from 'typebox';
import { nullable } from '../../http/schemas.ts';
import type { Upload } from './upload.sql.ts';

/** An upload that was not heard of for so long was left by a process that died. */
const goneAfterMs = 60_000;

/** What is told of every file. */
export const uploadShape = {
  id: Type.Integer(),
  fileName: Type.String(),
  state: Type.Enum(['running', 'finished', 'failed']),
  rowsRead: Type.Integer(),
  refused: Type.Integer(),
  error: nullable(Type.String()),
  startedAt: Type.String(),
};

/** The same of one; `taken` and its faults are told by who knows what they are. */
export function shownUpload(upload: Upload, now: Date) {
  const isGone = upload.state === 'running' && now.getTime() - upload.seen_at.getTime() > goneAfterMs;
  return {
    ...{ id: upload.id, fileName: upload.file_name, state: isGone ? ('failed' as const) : upload.state },
    ...{ rowsRead: upload.rows_read, refused: upload.refused },
    error: isGone ? 'it broke off; send the file again: what it has brought stays' : upload.fault,
    startedAt: upload.started_at.toISOString(),
  };
}
