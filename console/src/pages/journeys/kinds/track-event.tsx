import { Stack } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { isPart } from '../../segments/definition.ts';
import { EventNameField } from '../fields/event-name.tsx';
import { JsonField } from '../fields/json-field.tsx';
import { PairsField } from '../fields/pairs-field.tsx';
import { withField } from '../fields/set-field.ts';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Tracks an event of the person. */
export const trackEventLook: TileLook = {
  ...{
    kind: 'trackEvent',
    label: 'Track event',
    hint: 'Note an event of theirs, for segments, webhooks, other journeys',
  },
  ...{ Icon: IconActivity, colour: 'orange', base: 'event' },
  begin: { kind: 'trackEvent', name: '' },
  writes: ['name', 'dataFields', 'fromEntry'],
  Form: TrackEventForm,
};

function TrackEventForm({ tile, onChange }: TileFormProps) {
  return (
    <Stack>
      <EventNameField
        label="Event"
        name={tile.name}
        onChange={(name) => onChange({ ...tile, name }, 'name')}
      />
      <JsonField
        label="Its fields"
        description="As JSON; none where nothing is written"
        value={tile.dataFields}
        isObject
        onChange={(value) => onChange(withField(tile, 'dataFields', value), 'dataFields')}
      />
      <PairsField
        label="Fields from the entry"
        description="What stands at a path of what came with the entry, such as orderId; none where nothing does"
        add="Take a field from the entry"
        names={[]}
        values="path"
        pairs={isPart(tile.fromEntry) ? tile.fromEntry : {}}
        onChange={(fields) => onChange(withField(tile, 'fromEntry', fields), 'fromEntry')}
      />
    </Stack>
  );
}
