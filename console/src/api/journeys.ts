import { queryOptions } from '@tanstack/react-query';
import { type Answer, answerOf, type Body, RequestError, server } from './request.ts';

/** A journey as the API tells of it. */
export type Journey = Answer<'/api/journeys/{id}'>;
/** A journey as the list shows it. */
export type JourneySummary = Answer<'/api/journeys'>['journeys'][number];
/** What became of people, in all and at each tile. */
export type JourneyCounts = Answer<'/api/journeys/{id}/counts'>;
/** The same at one tile. */
export type TileCounts = JourneyCounts['tiles'][string];
/** A version that was published. */
export type JourneyVersion = Answer<'/api/journeys/{id}/versions'>['versions'][number];
/** One person's ways through a journey. */
export type Ways = Answer<'/api/journeys/{id}/why'>;
export type Passage = Ways['passages'][number];
/** What publishing a draft would do to those inside. */
export type Impact = NonNullable<Answer<'/api/journeys/{id}/check', 'post'>['impact']>;

const one = (id: number) => ({ params: { path: { id } } });

const pageSize = 50;

/** All journeys, or those that were put away. */
export const journeysQuery = (archived: boolean) =>
  queryOptions({
    queryKey: ['journeys', 'all', archived],
    queryFn: async () => {
      const all: JourneySummary[] = [];
      for (let page = 1; ; page++) {
        const query = { page, pageSize, sort: '-updatedAt', ...(archived && { state: 'Archived' }) };
        const answer = await answerOf(server.GET('/api/journeys', { params: { query } }));
        all.push(...answer.journeys);
        if (answer.journeys.length === 0 || all.length >= answer.totalJourneysCount) return all;
      }
    },
    refetchInterval: 5_000,
  });

export const journeyQuery = (id: number) =>
  queryOptions({
    queryKey: ['journeys', id],
    queryFn: () => answerOf(server.GET('/api/journeys/{id}', one(id))),
  });

/** The JSON Schema of documents, by which what has no form of its own is drawn all the same. */
export const journeySchemaQuery = queryOptions({
  queryKey: ['journeys', 'schema'],
  queryFn: () => answerOf(server.GET('/api/journeys/schema')),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Versions, the newest first. */
export const versionsQuery = (id: number) =>
  queryOptions({
    queryKey: ['journeys', id, 'versions'],
    queryFn: async () => (await answerOf(server.GET('/api/journeys/{id}/versions', one(id)))).versions,
  });

/** What becomes of people, asked anew every few seconds while anybody may enter, or is inside: those of a stopped journey leave a moment later. */
export const countsQuery = ({ id, state, version }: Journey) =>
  queryOptions({
    queryKey: ['journeys', id, 'counts'],
    queryFn: () => answerOf(server.GET('/api/journeys/{id}/counts', one(id))),
    enabled: version !== null,
    refetchInterval: ({ state: { data } }) =>
      ['open', 'closed', 'paused'].includes(state) || (data?.inside ?? 0) > 0 ? 3_000 : false,
  });

/** Something that is wrong in a document: its place, and what. */
export interface JourneyFault {
  field: string;
  fault: string;
}

/** What was found when a draft was looked at: what happens at each tile, as far as it can be read, and what is wrong. */
export type Checked = Answer<'/api/journeys/{id}/check', 'post'>;

/** Looks at what is saved of a journey (`savedAt` says which draft that is): what it says in words, and what is wrong in it. */
export const checkQuery = (id: number, savedAt: number) =>
  queryOptions({
    queryKey: ['journeys', id, 'check', savedAt],
    queryFn: ({ signal }) => checkOf(id, signal),
    placeholderData: (before) => before,
    retry: false,
  });

/** What a version says in words; the draft (or the newest version) where none is named. */
export const wordsQuery = (id: number, version: number | null) =>
  queryOptions({
    queryKey: ['journeys', id, 'words', version],
    queryFn: ({ signal }) => checkOf(id, signal, version),
    staleTime: version === null ? 0 : 60_000,
    retry: false,
  });

/** The same at once, with how many people are where now. */
export const checkOf = (id: number, signal?: AbortSignal, version: number | null = null): Promise<Checked> =>
  answerOf(
    server.POST('/api/journeys/{id}/check', {
      body: {},
      params: { path: { id }, query: { faults: 'told', ...(version !== null && { version }) } },
      ...(signal && { signal }),
    }),
  );

/** A journey that is made by answering a few questions. */
export type ReadyMade = Answer<'/api/journeys/readyMade'>['readyMade'][number];
export type Question = ReadyMade['questions'][number];

export const readyMadeQuery = queryOptions({
  queryKey: ['journeys', 'readyMade'],
  queryFn: async () => (await answerOf(server.GET('/api/journeys/readyMade'))).readyMade,
});

/** Makes one: templates of its messages, and a draft. */
export const makeReadyMade = (id: string, name: string, answers: Record<string, string | number>) =>
  answerOf(
    server.POST('/api/journeys/readyMade/{id}', { params: { path: { id } }, body: { name, answers } }),
  );

export const createJourney = (name: string, description: string, document: unknown): Promise<Journey> =>
  answerOf(server.POST('/api/journeys', { body: { name, description, document } }));

/** A journey as a file: what its document names is named in it. */
export type JourneyFile = Body<'/api/journeys/files/draft'>['file'];
/** What a file comes to in this project. */
export type FilePlan = Answer<'/api/journeys/files/plan', 'post'>['plans'][number];
/** Something that a file names and this project has not. */
export type Lacking = NonNullable<FilePlan['lacking']>[number];

/** A journey as it is drawn, as a file. */
export const fileOfJourney = (id: number): Promise<JourneyFile> =>
  answerOf(server.GET('/api/journeys/{id}/file', { params: { path: { id }, query: { draft: true } } }));

export const planQuery = (file: JourneyFile) =>
  queryOptions({
    queryKey: ['journeys', 'plan', file],
    queryFn: async ({ signal }) => {
      const { plans } = await answerOf(
        server.POST('/api/journeys/files/plan', { body: { files: [file] }, signal }),
      );
      return plans[0] as FilePlan;
    },
    placeholderData: (before) => before,
    staleTime: 0,
    retry: false,
  });

/** Makes a draft of a file; what it names and this project has not is to be filled in there. */
export const draftOfFile = (file: JourneyFile): Promise<Journey> =>
  answerOf(server.POST('/api/journeys/files/draft', { body: { file } }));

/** Saves a draft that was drawn on the journey as it stood at `basedOn`. */
export const saveDraft = (id: number, document: unknown, basedOn: number): Promise<Journey> =>
  answerOf(server.PATCH('/api/journeys/{id}', { ...one(id), body: { document, basedOn } }));

/** Goes back to what is published. */
export const dropDraft = (id: number): Promise<Journey> =>
  answerOf(server.PATCH('/api/journeys/{id}', { ...one(id), body: { document: null } }));

export const renameJourney = (id: number, name: string, description: string): Promise<Journey> =>
  answerOf(server.PATCH('/api/journeys/{id}', { ...one(id), body: { name, description } }));

/** What becomes of people at tiles that a version changes. */
export interface PublishChoices {
  /** Where those go who are at a tile that is gone: a tile, or `end`. */
  moves: Record<string, string>;
  /** Waits at which those who are there wait anew. */
  recompute: string[];
}

export const publishJourney = (id: number, body: PublishChoices & { basedOn: number }): Promise<Journey> =>
  answerOf(server.POST('/api/journeys/{id}/publish', { ...one(id), body }));

/** What may be done with a journey as a whole. */
export type JourneyVerb = 'open' | 'close' | 'pause' | 'resume' | 'stop' | 'archive';

export const changeJourney = (id: number, verb: JourneyVerb): Promise<Journey> =>
  answerOf(server.POST(`/api/journeys/{id}/${verb}`, one(id)));

export const copyJourney = (id: number): Promise<Journey> =>
  answerOf(server.POST('/api/journeys/{id}/copy', { ...one(id), body: {} }));

export const deleteJourney = (id: number) => server.DELETE('/api/journeys/{id}', one(id));

/** Ways through a journey of somebody by their email or userId, or why they did not enter. What has an @ may be either: an email comes first. */
export const waysQuery = (id: number, who: string) =>
  queryOptions({
    queryKey: ['journeys', id, 'why', who],
    queryFn: async () => {
      const of = (query: { email: string } | { userId: string }) =>
        answerOf(server.GET('/api/journeys/{id}/why', { params: { path: { id }, query } }));
      if (!who.includes('@')) return of({ userId: who });
      return of({ email: who }).catch((error: unknown) => {
        if (error instanceof RequestError && error.status === 404) return of({ userId: who });
        throw error;
      });
    },
    refetchInterval: 5_000,
    retry: false,
  });

/** A person's passages through all journeys, those under way first. */
export const passagesQuery = (ref: string) =>
  queryOptions({
    queryKey: ['users', ref, 'journeys'],
    queryFn: async () =>
      (await answerOf(server.GET('/api/users/{ref}/journeys', { params: { path: { ref } } }))).passages,
  });
