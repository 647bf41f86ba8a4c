import { Select, Stack } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { journeysQuery } from '../../../api/journeys.ts';
import { shortOptions } from '../../../words/short-options.ts';
import { JsonField } from '../fields/json-field.tsx';
import { withField } from '../fields/set-field.ts';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Lets people into another journey. */
export const startJourneyLook: TileLook = {
  ...{ kind: 'startJourney', label: 'Start journey', hint: 'Let them into another journey too' },
  ...{ Icon: IconRoute, colour: 'orange', base: 'journey' },
  begin: { kind: 'startJourney' },
  writes: ['journeyId', 'dataFields'],
  Form: StartJourneyForm,
};

function StartJourneyForm({ tile, room, onChange }: TileFormProps) {
  const { data } = useQuery(journeysQuery(false));
  const others = data?.filter(({ id }) => id !== room.journeyId);
  return (
    <Stack>
      <Select
        label="Journey"
        description="One that is entered by a call of the API or by another journey"
        searchable
        allowDeselect={false}
        filter={shortOptions}
        placeholder={others?.length === 0 ? 'No other journey yet' : 'Choose'}
        nothingFoundMessage="None is called so"
        data={(others ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
        value={typeof tile.journeyId === 'number' ? String(tile.journeyId) : null}
        onChange={(value) => value !== null && onChange({ ...tile, journeyId: Number(value) })}
      />
      <JsonField
        label="What comes with their entry besides"
        description="As JSON, beside what came with their entry here"
        value={tile.dataFields}
        isObject
        onChange={(value) => onChange(withField(tile, 'dataFields', value), 'dataFields')}
      />
    </Stack>
  );
}
