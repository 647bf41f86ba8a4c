import { Text } from '@mantine/core';
import { IconApi } from '@tabler/icons-react';
import { ApiDescription } from '../../../shell/api-description.tsx';
import type { EntryLook } from './entry-look.ts';

/** The API is called, or another journey sends somebody on. */
export const apiEntry: EntryLook = {
  ...{ name: 'api', label: 'A call of the API, or another journey', Icon: IconApi },
  begin: {},
  writes: [],
  Form: CalledNote,
};

function CalledNote() {
  return (
    <Text size="sm" c="dimmed">
      POST /api/workflows/triggerWorkflow names a person or a whole list; what it sends along comes with the
      entry. See <ApiDescription />.
    </Text>
  );
}
