import { Stack, Text } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { end } from '../document.ts';
import { DefinitionField } from '../fields/definition-field.tsx';
import { withField } from '../fields/set-field.ts';
import { WhereField } from '../fields/where-field.tsx';
import { Branches } from './branches.tsx';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Sends each person by the first branch that holds. */
export const splitLook: TileLook = {
  ...{ kind: 'split', label: 'Split', hint: 'By who they are, what they did, or what came with the entry' },
  ...{ Icon: IconArrowsSplit2, colour: 'grape', base: 'split' },
  begin: { kind: 'split', branches: [{ name: 'yes', of: { all: [] }, next: end }], otherwise: end },
  writes: ['branches'],
  Form: SplitForm,
};

function SplitForm({ tile, onChange }: TileFormProps) {
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        Each person goes by the first branch that holds of them, and by “Otherwise” where none does.
      </Text>
      <Branches tile={tile} what="branch" most={20} begin={{ of: { all: [] } }} onChange={onChange}>
        {(branch, set) => (
          <>
            <DefinitionField
              label="Who they are"
              definition={branch.of}
              add="Only those who …"
              onChange={(of) => set(withField(branch, 'of', of), 'of')}
            />
            <WhereField
              where={branch.entry}
              event={null}
              begin="of the entry"
              add="Only where of the entry …"
              onChange={(entry) => set(withField(branch, 'entry', entry), 'entry')}
            />
          </>
        )}
      </Branches>
    </Stack>
  );
}
