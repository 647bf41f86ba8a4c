import { type Answer, answerOf, server } from './request.ts';

/** A file of the project's, as it was kept. */
export type KeptFile = Answer<'/api/media', 'post'>;

/** Keeps a file among the project's. */
export function keepFile(file: File): Promise<KeptFile> {
  const form = new FormData();
  form.set('file', file);
  return answerOf(
    server.POST('/api/media', { body: form as never, bodySerializer: (body: unknown) => body as FormData }),
  );
}
