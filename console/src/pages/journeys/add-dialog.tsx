import {
  Combobox,
  Group,
  Modal,
  Select,
  Stack,
  Text,
  TextInput,
  ThemeIcon,
  useCombobox,
} from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { IconArrowRampRight, IconFlag } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { plain } from '../../words/plain.ts';
import { end, inOrder, type JourneyDocument, type KindSchemas, kindOf, type Way } from './document.ts';
import { lookOf, offeredKinds } from './kinds/kinds.ts';
import { wayWords } from './way-words.ts';

/** What may come on a way. */
export type Added = { what: 'tile'; kind: string } | { what: 'goTo'; to: string };

interface Offer {
  value: string;
  added: Added;
  label: string;
  hint: string;
  Icon: Icon;
  colour: string;
}

/** Asks what comes on a way: a new tile, one that is there, or the end. Found by writing, chosen by keyboard or mouse. */
export function AddDialog({
  ways,
  document,
  kinds,
  onAdd,
  onClose,
}: {
  /** The ways to choose among; null where nothing is asked. */
  ways: readonly Way[] | null;
  document: JourneyDocument;
  kinds: KindSchemas;
  onAdd: (way: Way, added: Added) => void;
  onClose: () => void;
}) {
  return (
    <Modal opened={ways !== null} onClose={onClose} title="What comes here?" size="md" returnFocus={false}>
      {ways && <Choice {...{ ways, document, kinds, onAdd }} />}
    </Modal>
  );
}

function Choice({
  ways,
  document,
  kinds,
  onAdd,
}: {
  ways: readonly Way[];
  document: JourneyDocument;
  kinds: KindSchemas;
  onAdd: (way: Way, added: Added) => void;
}) {
  const [chosen, setChosen] = useState(0);
  const [typed, setTyped] = useState('');
  const store = useCombobox({ opened: true });
  const { selectFirstOption } = store;
  // Enter takes the first that is found.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is written changes what is first
  useEffect(() => {
    selectFirstOption();
  }, [typed, selectFirstOption]);
  const way = ways[chosen] ?? ways[0];
  if (!way) return null;
  const groups = groupsOf(document, kinds, way)
    .map(({ label, offers }) => ({
      label,
      offers: offers.filter((each) => plain(`${each.label} ${each.hint}`).includes(plain(typed.trim()))),
    }))
    .filter(({ offers }) => offers.length > 0);
  const all = groups.flatMap(({ offers }) => offers);
  const wordsOf = (each: Way) =>
    wayWords(each.from === null ? undefined : document.tiles[each.from], each, ways.length === 1) ?? 'Then';
  return (
    <Combobox
      store={store}
      onOptionSubmit={(value) => {
        const offer = all.find((each) => each.value === value);
        if (offer) onAdd(way, offer.added);
      }}
    >
      <Stack gap="sm">
        {ways.length > 1 && (
          <Select
            label="On the way"
            allowDeselect={false}
            data={ways.map((each, index) => ({ value: String(index), label: wordsOf(each) }))}
            value={String(chosen)}
            onChange={(value) => setChosen(Number(value ?? 0))}
          />
        )}
        <Combobox.EventsTarget>
          <TextInput
            label="Find a tile"
            placeholder="message, wait, split …"
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </Combobox.EventsTarget>
        <Combobox.Options
          mah="min(52vh, 460px)"
          style={{ overflowY: 'auto' }}
          aria-label="What may come here"
        >
          {groups.map(({ label, offers }) => (
            <Combobox.Group key={label} label={label}>
              {offers.map((offer) => (
                <Combobox.Option key={offer.value} value={offer.value}>
                  <Group wrap="nowrap" gap="sm">
                    <ThemeIcon variant="light" color={offer.colour} size={32} radius="md">
                      <offer.Icon size={18} aria-hidden />
                    </ThemeIcon>
                    <div style={{ minWidth: 0 }}>
                      <Text size="sm" fw={600}>
                        {offer.label}
                      </Text>
                      {offer.hint !== '' && (
                        <Text size="xs" className="option-hint">
                          {offer.hint}
                        </Text>
                      )}
                    </div>
                  </Group>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
          {all.length === 0 && <Combobox.Empty>Nothing is called so</Combobox.Empty>}
        </Combobox.Options>
      </Stack>
    </Combobox>
  );
}

function groupsOf(
  document: JourneyDocument,
  kinds: KindSchemas,
  way: Way,
): { label: string; offers: Offer[] }[] {
  const others = inOrder(document, kinds).filter((id) => id !== way.to && id !== way.from);
  return [
    {
      label: 'A new tile',
      offers: offeredKinds(kinds.tiles.keys()).map(({ kind, label, hint, Icon, colour }) => ({
        ...{ value: `tile ${kind}`, added: { what: 'tile' as const, kind }, label, Icon, colour },
        hint: hint || (kinds.tiles.get(kind)?.description ?? ''),
      })),
    },
    {
      label: 'Instead of what comes there now',
      offers: [
        ...others.map((id) => ({
          ...{ value: `goTo ${id}`, added: { what: 'goTo' as const, to: id }, label: `Go to ${id}` },
          ...{ hint: lookOf(kindOf(document.tiles[id])).label, Icon: IconArrowRampRight, colour: 'gray' },
        })),
        ...(way.to === end
          ? []
          : [
              {
                ...{ value: 'end', added: { what: 'goTo' as const, to: end }, label: 'End here' },
                ...{ hint: 'The journey is over for who comes by this way', Icon: IconFlag, colour: 'gray' },
              },
            ]),
      ],
    },
  ];
}
