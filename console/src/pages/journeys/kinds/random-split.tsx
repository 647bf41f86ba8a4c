import { Select, Stack, Text } from '@mantine/core';
import { IconArrowsShuffle, IconFlask } from '@tabler/icons-react';
import { NumberField } from '../../../shell/number-field.tsx';
import { end } from '../document.ts';
import { withField } from '../fields/set-field.ts';
import { Branches, branchesOf } from './branches.tsx';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Sends people by chance. */
export const randomSplitLook: TileLook = {
  ...{ kind: 'randomSplit', label: 'Random split', hint: 'By chance, each person always the same way' },
  ...{ Icon: IconArrowsShuffle, colour: 'grape', base: 'randomSplit' },
  begin: {
    kind: 'randomSplit',
    branches: [
      { name: 'A', share: 50, next: end },
      { name: 'B', share: 50, next: end },
    ],
  },
  wayWords: (tile, name) => {
    const branch = branchesOf(tile).find((each) => each.name === name);
    return branch && `${name} · ${Number(branch.share ?? 0)} %`;
  },
  writes: ['branches', 'draw'],
  Form: RandomSplitForm,
};

/** Tries variants, whose results are told by variant. */
export const experimentLook: TileLook = {
  ...randomSplitLook,
  ...{ kind: 'experiment', label: 'Experiment', hint: 'Try variants; results by how many reach the goal' },
  ...{ Icon: IconFlask, base: 'experiment' },
  begin: { ...randomSplitLook.begin, kind: 'experiment' },
  writes: ['branches'],
};

function RandomSplitForm({ tile, onChange }: TileFormProps) {
  const total = branchesOf(tile).reduce((sum, { share }) => sum + Number(share ?? 0), 0);
  return (
    <Stack>
      <Branches tile={tile} what="branch" least={2} most={10} begin={{ share: 0 }} onChange={onChange}>
        {(branch, set) => (
          <NumberField
            label="Of a hundred"
            min={0}
            max={100}
            value={Number(branch.share ?? 0)}
            onChange={(share) => set({ ...branch, share }, 'share')}
          />
        )}
      </Branches>
      <Text
        size="sm"
        c={Math.abs(total - 100) > 0.001 ? 'var(--mantine-color-error)' : 'dimmed'}
        role="status"
      >
        Together {total} of 100.
      </Text>
      {/* Who has a variant of an experiment keeps it. */}
      {tile.kind === 'randomSplit' && (
        <Select
          label="Whoever comes again"
          allowDeselect={false}
          data={[
            { value: 'once', label: 'goes by the same way, also where shares are others' },
            { value: 'eachTime', label: 'has it drawn anew' },
          ]}
          value={tile.draw === 'eachTime' ? 'eachTime' : 'once'}
          onChange={(draw) =>
            onChange(withField(tile, 'draw', draw === 'eachTime' ? 'eachTime' : undefined), 'draw')
          }
        />
      )}
    </Stack>
  );
}
