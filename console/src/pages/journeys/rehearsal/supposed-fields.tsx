import { Badge, Group, Stack, Text } from '@mantine/core';
import type { Occurrence } from '../../../api/journey-rehearsals.ts';
import { NumberField } from '../../../shell/number-field.tsx';
import { LengthField } from '../fields/length-field.tsx';
import { PairsField } from '../fields/pairs-field.tsx';
import type { CallAnswer, Chance, Length } from './asked.ts';

/** How many are supposed to do something, and within how long. */
export function ChanceFields({
  occurrence,
  said,
  onChange,
}: {
  occurrence: Occurrence;
  said: Chance | undefined;
  onChange: (chance: Chance) => void;
}) {
  const { share, within }: Chance = said ?? {
    share: occurrence.chance.share,
    within: lengthOf(occurrence.chance.within),
  };
  const words = occurrenceWords(occurrence);
  return (
    <fieldset className="chance" aria-label={words}>
      <Group gap="xs" mb={4}>
        <Text size="sm" fw={650}>
          {words}
        </Text>
        {said === undefined && occurrence.chance.of === 'seen' && <Badge color="teal">As seen</Badge>}
        {said === undefined && occurrence.chance.of === 'unknown' && (
          <Badge color="gray">Nobody, unless you say</Badge>
        )}
        <Text size="xs" c="dimmed">
          heard at {occurrence.heardAt.join(', ')}
        </Text>
      </Group>
      <Group gap="sm" align="flex-end">
        <NumberField
          label="Of a hundred"
          w={130}
          min={0}
          max={100}
          decimalScale={1}
          suffix=" %"
          value={share}
          onChange={(next) => onChange({ share: next, within })}
        />
        <LengthField label="Within" length={within} onChange={(next) => onChange({ share, within: next })} />
      </Group>
    </fieldset>
  );
}

/** What the address that a tile calls is supposed to answer. */
export function CallFields({
  tile,
  keeps,
  said: { failed, answer },
  onChange,
}: {
  tile: string;
  keeps: readonly string[];
  said: CallAnswer;
  onChange: (call: CallAnswer) => void;
}) {
  const words = `The address that ${tile} calls`;
  return (
    <fieldset className="chance" aria-label={words}>
      <Text size="sm" fw={650} mb={4}>
        {words}
      </Text>
      <Stack gap="sm">
        <NumberField
          label="Fails, of a hundred"
          w={160}
          min={0}
          max={100}
          decimalScale={1}
          suffix=" %"
          value={failed}
          onChange={(next) => onChange({ failed: next, answer })}
        />
        {keeps.length > 0 && (
          <PairsField
            label={`What is kept of its answer: ${keeps.join(', ')}`}
            add="Add a value"
            names={keeps}
            values="json"
            pairs={answer}
            onChange={(pairs) => onChange({ failed, answer: pairs ?? {} })}
          />
        )}
      </Stack>
    </fieldset>
  );
}

const lengthOf = ({ minutes, hours }: Occurrence['chance']['within']): Length =>
  minutes === undefined ? { hours: hours ?? 24 } : { minutes };

/** What people may do, in words. */
function occurrenceWords({ place }: Occurrence): string {
  const [what = '', name = '', way] = place;
  const known: Record<string, string> = {
    delivered: 'A message is delivered',
    failed: 'A message does not arrive',
    read: 'They read a message',
    click: 'They tap a link of a message',
    reply: 'They reply to a message',
    purchase: 'They buy something',
    becomes: 'A condition comes to hold',
    events: `The event “${name}” happens`,
    waits: `They answer at ${name} as “${way}” says`,
  };
  return known[what] ?? place.join(' ');
}
