import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { RequestError } from '../../api/request.ts';
import type { SegmentPreview } from '../../api/segments.ts';
import { conditionsIn, isPart, type Part } from './definition.ts';

/** What the server told of conditions, each as it was when it was asked: one that was changed since has nothing told of it. */
export interface ToldOfConditions {
  counts: ReadonlyMap<Part, { people: number; sentence: string }>;
  /** What is wrong with one: `names segment 7, which is not there`. */
  faults: ReadonlyMap<Part, string>;
}

const nothing: ToldOfConditions = { counts: new Map(), faults: new Map() };

/** Keeps what was told of each condition of a definition; `asked` is the one that the preview is of, null while none can be. */
export function useToldOfConditions(
  asked: Part | null,
  { data, error, isPlaceholderData }: UseQueryResult<SegmentPreview>,
): ToldOfConditions {
  const [told, setTold] = useState(nothing);
  useEffect(() => {
    if (!asked) return;
    const parts = new Map(conditionsIn(asked));
    if (error) setTold(({ counts }) => ({ counts, faults: faultsOf(error, parts) }));
    else if (data && !isPlaceholderData)
      setTold({
        counts: new Map(
          data.conditions.flatMap(({ place, count, sentence }) => {
            const part = parts.get(place);
            return part ? [[part, { people: count, sentence }] as const] : [];
          }),
        ),
        faults: new Map(),
      });
  }, [asked, data, error, isPlaceholderData]);
  return told;
}

/** The faults of a refusal, each with the condition in which it lies. */
function faultsOf(error: Error, parts: ReadonlyMap<string, Part>): Map<Part, string> {
  const faults =
    error instanceof RequestError && Array.isArray(error.params.faults) ? error.params.faults : [];
  return new Map(
    faults.filter(isPart).flatMap(({ field, fault }) => {
      const at = String(field);
      const found = [...parts].find(([place]) => at === place || at.startsWith(`${place}.`));
      return found ? [[found[1], withinWords(at.slice(found[0].length + 1), String(fault))] as const] : [];
    }),
  );
}

const withinWords = (within: string, fault: string) => (within === '' ? fault : `(${within}) ${fault}`);
