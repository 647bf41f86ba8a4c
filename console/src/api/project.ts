import { queryOptions } from '@tanstack/react-query';
import { get, post, request } from './request.ts';
import type { Medium } from './templates.ts';

/** The project's own limit: at most so many messages in a rolling time, of one medium or all. */
export interface FrequencyCap {
  messages: number;
  hours: number;
  medium: Medium | null;
}

type ResendOrLeave = 'resend' | 'leave';

/** The signed-in person's project. */
export interface Project {
  id: number;
  name: string;
  brand: string;
  helpContact: string;
  defaultCountry: string;
  timeZone: string;
  caution: boolean;
  frequencyCaps: FrequencyCap[];
  doubtPolicy: { transactional: ResendOrLeave; promotional: ResendOrLeave; graceSeconds: number };
}

export interface ApiKey {
  id: number;
  name: string;
  kind: 'server' | 'readOnly';
  prefix: string;
  createdAt: number;
  lastUsedAt: number | null;
}

export const projectQuery = queryOptions({
  queryKey: ['project'],
  queryFn: () => get<Project>('/api/project'),
  staleTime: 60_000,
});

export const changeProject = (changes: Partial<Omit<Project, 'id'>>) =>
  request<Project>('PATCH', '/api/project', { body: changes });

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async () => (await get<{ keys: ApiKey[] }>('/api/keys')).keys,
});

export const makeKey = (key: Pick<ApiKey, 'name' | 'kind'>) => post<{ key: string }>('/api/keys', key);
export const revokeKey = (id: number) => request<unknown>('DELETE', `/api/keys/${id}`);
