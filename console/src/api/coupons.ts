import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, server } from './request.ts';

/** Codes that are each given to one person, with what is left of them. */
export type CouponPool = Answer<'/api/coupons/pools'>['pools'][number];
/** The same with what its codes were given for. */
export type CouponPoolDetails = Answer<'/api/coupons/pools/{id}'>;
/** For what a person gets a code of their own. */
export type OneFor = CouponPool['oneFor'];

const one = (id: number) => ({ params: { path: { id } } });

export const poolsQuery = queryOptions({
  queryKey: ['coupons'],
  queryFn: async () => (await answerOf(server.GET('/api/coupons/pools'))).pools,
});

/** A pool as it is; a campaign that is sent takes codes of it while one looks. */
export const poolQuery = (id: number) =>
  queryOptions({
    queryKey: ['coupons', id],
    queryFn: () => answerOf(server.GET('/api/coupons/pools/{id}', one(id))),
    refetchInterval: 10_000,
  });

/** The files of a pool; asked each second while one is being added. */
export const filesQuery = (id: number, isComing: boolean) =>
  queryOptions({
    queryKey: ['coupons', id, 'files'],
    queryFn: async () => (await answerOf(server.GET('/api/coupons/pools/{id}/files', one(id)))).files,
    refetchInterval: ({ state }) =>
      isComing || state.data?.some((file) => file.state === 'running') ? 1_000 : false,
  });

export const createPool = (body: Body<'/api/coupons/pools'>) =>
  answerOf(server.POST('/api/coupons/pools', { body }));

export const changePool = (id: number, body: Body<'/api/coupons/pools/{id}', 'patch'>) =>
  answerOf(server.PATCH('/api/coupons/pools/{id}', { ...one(id), body }));

export const deletePool = (id: number) => server.DELETE('/api/coupons/pools/{id}', one(id));

/** Adds the codes of a file; `column` names the one that holds them, where that is not told by its own name. */
export const addFile = (id: number, file: File, column: string) => {
  const form = new FormData();
  form.append('file', file, file.name);
  return answerOf(
    server.POST('/api/coupons/pools/{id}/files', {
      params: { path: { id }, query: column === '' ? {} : { column } },
      body: form as never,
      bodySerializer: () => form,
    }),
  );
};

/** Where the list of who was given which code is to be had. */
export const givenFile = (id: number) => `/api/coupons/pools/${id}/given.csv`;
