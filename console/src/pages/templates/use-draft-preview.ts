import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { draftPreviewQuery, type TemplateDraft, type TemplateFault } from '../../api/templates.ts';
import { textsOf } from './blank-template.ts';

const quietMs = 400;

/** What a draft says to one person, a moment after it was last changed; not asked while nothing is written. */
export function useDraftPreview(draft: TemplateDraft, sample: Record<string, string>, ref: string | null) {
  const [asked] = useDebouncedValue(JSON.stringify({ draft, sample }), quietMs);
  const inQuestion = JSON.parse(asked) as { draft: TemplateDraft; sample: Record<string, string> };
  const isWritten = textsOf(inQuestion.draft.content).some((text) => text.trim() !== '');
  const preview = useQuery({
    ...draftPreviewQuery(inQuestion.draft, inQuestion.sample, ref),
    enabled: isWritten,
  });
  return { ...preview, isWritten };
}

/** What stands against saving a draft as it was a moment ago; the same call as that of its preview. */
export function useDraftFaults(draft: TemplateDraft, sample: Record<string, string>): TemplateFault[] {
  const { data, error } = useDraftPreview(draft, sample, null);
  return error ? [] : (data?.faults ?? []);
}
