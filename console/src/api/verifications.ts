import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** How codes are sent: to which countries, from which senders, in which words, at what cost. */
export type VerificationProfile = Answer<'/api/verifications/profiles'>['profiles'][number];
/** What became of a profile's codes. */
export type CodeFigures = Answer<'/api/verifications/profiles/{id}/figures'>;
/** What may be said of a new profile. */
export type NewProfile = Body<'/api/verifications/profiles'>;

const one = (id: number) => ({ params: { path: { id } } });

export const profilesQuery = queryOptions({
  queryKey: ['codes'],
  queryFn: () => answerOf(server.GET('/api/verifications/profiles')),
});

export const profileQuery = (id: number) =>
  queryOptions({
    queryKey: ['codes', id],
    queryFn: () => answerOf(server.GET('/api/verifications/profiles/{id}', one(id))),
    // Meta’s verdict comes while one looks.
    refetchInterval: ({ state }) =>
      state.data?.whatsApp.some(({ status }) => status === 'PENDING') ? 2_000 : false,
  });

/** The figures of the last days; codes go out while one looks. */
export const codeFiguresQuery = (id: number, days: number) =>
  queryOptions({
    queryKey: ['codes', id, 'figures', days],
    queryFn: () =>
      answerOf(
        server.GET('/api/verifications/profiles/{id}/figures', {
          params: { path: { id }, query: { days } },
        }),
      ),
    refetchInterval: 10_000,
  });

export const createProfile = (body: NewProfile) =>
  answerOf(server.POST('/api/verifications/profiles', { body }));

export const changeProfile = (id: number, body: Body<'/api/verifications/profiles/{id}', 'patch'>) =>
  answerOf(server.PATCH('/api/verifications/profiles/{id}', { ...one(id), body }));

export const deleteProfile = (id: number) => server.DELETE('/api/verifications/profiles/{id}', one(id));

/** Has Meta make the template of codes in a language, or asks where it stands. */
export const submitCodeTemplate = (id: number, body: Body<'/api/verifications/profiles/{id}/whatsApp'>) =>
  answerOf(server.POST('/api/verifications/profiles/{id}/whatsApp', { ...one(id), body }));

export const liftBlock = (id: number, blockId: number) =>
  answerOf(
    server.POST('/api/verifications/profiles/{id}/blocks/{blockId}/lift', {
      params: { path: { id, blockId } },
    }),
  );

export const sendCode = (profileId: number, phoneNumber: string) =>
  answerOf(server.POST('/api/verifications', { body: { profileId, phoneNumber } }));

export const checkCode = (profileId: number, phoneNumber: string, code: string) =>
  answerOf(server.POST('/api/verifications/check', { body: { profileId, phoneNumber, code } }));
