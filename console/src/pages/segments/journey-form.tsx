import { MultiSelect, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { journeysQuery } from '../../api/journeys.ts';
import { leavingReasons } from '../../words/leaving.ts';
import { shortOptions } from '../../words/short-options.ts';
import type { FormProps } from './condition-form.tsx';
import { isPart, type Leaf, saysOnly, without } from './definition.ts';
import { NarrowMenu } from './narrowed.tsx';
import { isShownWindow, WindowForm, withWindow } from './window-form.tsx';

/** Where somebody stands with a journey: inside now, entered, or left and why. */
export function JourneyForm({ label, leaf, onChange }: FormProps & { label: string }) {
  const { data: journeys } = useQuery(journeysQuery(false));
  const isNow = label === 'They are inside';
  const reasons = Array.isArray(leaf.reasons) ? leaf.reasons.map(String) : null;
  return (
    <Stack gap="xs">
      <div className="condition-line">
        <Select
          label={`${label} the journey`}
          placeholder={journeys?.length === 0 ? 'There is no journey yet' : 'Choose'}
          searchable
          filter={shortOptions}
          nothingFoundMessage="No journey is called so"
          allowDeselect={false}
          data={(journeys ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          value={leaf.journeyId === undefined ? null : String(leaf.journeyId)}
          onChange={(id) => onChange({ ...leaf, journeyId: Number(id) })}
        />
        {reasons && (
          <MultiSelect
            label="Since they"
            placeholder={reasons.length > 0 ? undefined : 'Choose'}
            data={leavingReasons}
            value={reasons}
            onChange={(next) =>
              onChange(next.length === 0 ? without(leaf, 'reasons') : { ...leaf, reasons: next })
            }
          />
        )}
        {!isNow && (
          <WindowForm
            label="When"
            window={isPart(leaf.during) ? leaf.during : undefined}
            zone={leaf.zone}
            onChange={(next) => onChange(withWindow(leaf, next))}
          />
        )}
      </div>
      {label === 'They left' && reasons === null && (
        <NarrowMenu
          label="Say more …"
          choices={[{ name: 'reasons', label: 'Why they left' }]}
          onChoose={() => onChange({ ...leaf, reasons: [] })}
        />
      )}
    </Stack>
  );
}

/** Whether the form can show it whole. */
export const isShownJourney = (leaf: Leaf): boolean =>
  saysOnly(leaf, ['journeyId', 'reasons', 'during', 'zone']) && isShownWindow(leaf.during);
