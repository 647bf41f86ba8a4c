import { Alert, Group, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { NumberField } from '../../../shell/number-field.tsx';
import { LengthField } from '../fields/length-field.tsx';
import { PairsField } from '../fields/pairs-field.tsx';
import { SeveralPicker } from '../fields/pickers.tsx';
import { WordsField } from '../fields/words-field.tsx';
import type { Asked } from './asked.ts';

const whoWords = {
  everybody: 'Everybody of the project enters',
  some: 'Who is on these lists or of these segments enters',
  named: 'These people enter',
} as const;

/** Who enters in a rehearsal, when, and with what. */
export function WhoEnters({
  asked: { who, daysBack, listIds, segmentIds, people, fields, over },
  set,
  notRecorded,
  fieldsAsked,
}: {
  asked: Asked;
  set: (change: Partial<Asked>) => void;
  notRecorded: string | null;
  fieldsAsked: string | null;
}) {
  if (who === 'recorded')
    return (
      <>
        <Text size="sm">
          All whom what is on record would have let in, at the moments at which it happened. What they did
          later counts as well.
        </Text>
        <NumberField
          label="Days back"
          maw={260}
          min={1}
          max={400}
          allowDecimal={false}
          value={daysBack}
          onChange={(days) => set({ daysBack: days })}
        />
      </>
    );
  return (
    <>
      {notRecorded !== null && (
        <Alert icon={<IconInfoCircle aria-hidden />} p="xs">
          “As recorded” {notRecorded}.
        </Alert>
      )}
      <Text size="sm">
        {whoWords[who]}, whatever lets people in; who may not by the journey’s own conditions and limits does
        not.
      </Text>
      {who === 'some' && (
        <Group align="flex-end" grow>
          <SeveralPicker label="Lists" of="lists" ids={listIds} onChange={(ids) => set({ listIds: ids })} />
          <SeveralPicker
            label="Segments"
            of="segments"
            ids={segmentIds}
            onChange={(ids) => set({ segmentIds: ids })}
          />
        </Group>
      )}
      {who === 'named' && (
        <WordsField
          label="People"
          description="Each by email or userId; Enter after each. With one of them it is a test run: their whole way is shown"
          words={people}
          max={100}
          onChange={(words) => set({ people: words ?? [] })}
        />
      )}
      <PairsField
        label="What comes with each entry"
        description={
          fieldsAsked === null
            ? 'Fields that tiles and texts of the journey look at'
            : `Who enters has to fulfil: ${fieldsAsked}`
        }
        add="Add a field"
        names={[]}
        values="json"
        pairs={fields}
        onChange={(pairs) => set({ fields: pairs ?? {} })}
      />
      <LengthField label="Spread over" length={over} onChange={(length) => set({ over: length })} />
    </>
  );
}
