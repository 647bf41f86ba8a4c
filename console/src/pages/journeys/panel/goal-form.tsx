import { Select, Stack } from '@mantine/core';
import { isPart, without } from '../../segments/definition.ts';
import type { JourneyDocument } from '../document.ts';
import { AwaitedEventFields } from '../fields/awaited-event-fields.tsx';
import { LengthField } from '../fields/length-field.tsx';
import { withField } from '../fields/set-field.ts';
import type { ChangeDocument } from '../use-drawing.ts';
import { PanelPart } from './panel.tsx';

/** What is said of a new goal: a week, in hours. */
const usualWithin = { hours: 168 };

/** What the journey is for, and until when it counts. */
export function GoalForm({ document, onChange }: { document: JourneyDocument; onChange: ChangeDocument }) {
  const goal = isPart(document.goal) ? document.goal : null;
  const set = (next: unknown, what?: string) =>
    onChange(
      (before) => withField(before, 'goal', next) as JourneyDocument,
      what === undefined ? undefined : `goal ${what}`,
    );
  const form = goal === null ? 'none' : goal.event === undefined ? 'purchase' : 'event';
  return (
    <PanelPart title="The goal">
      <Stack gap="sm">
        <Select
          label="The journey is for"
          description="Counted once for each passage, also after they have left. It takes nobody out"
          allowDeselect={false}
          data={[
            { value: 'none', label: 'nothing that is counted' },
            { value: 'purchase', label: 'that they buy something' },
            { value: 'event', label: 'that they do something (an event)' },
          ]}
          value={form}
          onChange={(next) => {
            if (next === null || next === form) return;
            if (next === 'none') return set(undefined);
            const bare = without(without(goal ?? { within: usualWithin }, 'event'), 'purchase');
            set({ [next]: next === 'event' ? { name: '' } : {}, ...bare });
          }}
        />
        {goal && (
          <>
            <AwaitedEventFields part={goal} onChange={set} />
            <LengthField
              label="Within"
              length={goal.within}
              onChange={(within) => set({ ...goal, within }, 'within')}
            />
            <Select
              label="Counted from"
              allowDeselect={false}
              data={[
                { value: 'entry', label: 'when they entered' },
                { value: 'message', label: 'the last message that had left to them' },
              ]}
              value={goal.after === 'message' ? 'message' : 'entry'}
              onChange={(after) =>
                set(withField(goal, 'after', after === 'message' ? 'message' : undefined), 'after')
              }
            />
          </>
        )}
      </Stack>
    </PanelPart>
  );
}
