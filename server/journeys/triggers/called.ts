import { strict } from '../../segments/leaf-kind.ts';
import { type Trigger, triggerKind } from './trigger-kind.ts';

const nothing: Pick<Trigger, 'kinds' | 'wants' | 'caused'> = {
  kinds: [],
  wants: () => false,
  caused: async () => [],
};

/** The API is called, or another journey sends somebody on. */
export const apiTrigger = triggerKind(
  'api',
  strict(
    {},
    'A call of POST /api/workflows/triggerWorkflow, which lets people into no other journeys; or a tile of another journey that sends people on',
  ),
  () => ({ stored: { api: {} }, words: 'a call of the API, or another journey', ...nothing }),
);
