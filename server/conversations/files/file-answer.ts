import { type Static, Type } from 'typebox';
import { isShown } from '../../content/media/media-kinds.ts';
import { encodeMessageId } from '../../database/message-id.ts';
import { nullable } from '../../http/schemas.ts';
import type { InboundFile } from './inbound-files.sql.ts';

/** A file that somebody sent, as the API shows it. */
export const fileAnswer = Type.Object({
  id: Type.String(),
  name: nullable(Type.String({ description: 'As its sender called it' })),
  contentType: nullable(
    Type.String({ description: 'By its content; null where it is none of the kinds that are shown' }),
  ),
  bytes: nullable(Type.Integer()),
  state: Type.Enum(['waiting', 'kept', 'failed'], {
    description: 'It is being fetched, is here, or was given up',
  }),
  fault: nullable(Type.String({ description: 'Why it was not fetched yet, or at all' })),
  url: nullable(
    Type.String({ description: 'Where it is read, with a key or signed in; null until it is kept' }),
  ),
  isShown: Type.Boolean({ description: 'A picture, a film or a sound; all else is saved only' }),
});

/** A file as the API shows it. */
export function showFile(file: InboundFile): Static<typeof fileAnswer> {
  const { name, contentType, bytes, state, fault } = file;
  const id = encodeMessageId(file.lane, file.id);
  return {
    ...{ id, name, contentType, bytes, state, fault },
    url: state === 'kept' ? `/api/inboundFiles/${id}` : null,
    isShown: contentType !== null && isShown(contentType),
  };
}
