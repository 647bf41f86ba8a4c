import { Select, Stack, TextInput } from '@mantine/core';
import { IconDoorEnter } from '@tabler/icons-react';
import type { Part } from '../../segments/definition.ts';
import type { JourneyDocument, KindSchemas } from '../document.ts';
import { entryLabel, entryLooks, entryOf } from '../entries/entries.ts';
import type { PlacedFault } from '../faults.ts';
import { DefinitionField } from '../fields/definition-field.tsx';
import { JsonField } from '../fields/json-field.tsx';
import { OtherFields } from '../fields/other-fields.tsx';
import { withField } from '../fields/set-field.ts';
import type { ChangeDocument } from '../use-drawing.ts';
import { PanelFrame, PanelPart, type TakesFocus } from './panel.tsx';

/** What lets people in, and who may enter. */
export function EntryPanel({
  document,
  kinds,
  faults,
  takesFocus,
  isEditable,
  onChange,
  onClose,
}: {
  document: JourneyDocument;
  kinds: KindSchemas;
  faults: readonly PlacedFault[];
  takesFocus: TakesFocus;
  isEditable: boolean;
  onChange: ChangeDocument;
  onClose: () => void;
}) {
  const { entry } = document;
  const { name, of, look } = entryOf(entry.on);
  const set = (next: Part, what?: string) =>
    onChange((before) => ({ ...before, entry: next }), what && `entry ${what}`);
  const setOf = (next: Part, what?: string) => set({ ...entry, on: { [name]: next } }, what);
  const served = [...kinds.triggers.keys()];
  const offered = [
    ...entryLooks.filter((each) => served.includes(each.name)).map((each) => each.name),
    ...served.filter((each) => !entryLooks.some((known) => known.name === each)),
  ];
  return (
    <PanelFrame
      title="Entry"
      Icon={IconDoorEnter}
      colour="green"
      {...{ takesFocus, faults, isEditable, onClose }}
    >
      <Select
        label="What lets people in"
        allowDeselect={false}
        placeholder="Choose"
        data={offered.map((value) => ({ value, label: entryLabel(value) }))}
        value={name || null}
        onChange={(next) => {
          if (next === null || next === name) return;
          set({ ...entry, on: { [next]: entryLooks.find((each) => each.name === next)?.begin ?? {} } });
        }}
      />
      {look ? (
        <Stack>
          <look.Form of={of} onChange={setOf} />
          <OtherFields
            names={(kinds.triggers.get(name)?.fields ?? []).filter((each) => !look.writes.includes(each))}
            part={of}
            onChange={setOf}
          />
        </Stack>
      ) : (
        name !== '' && (
          <JsonField
            label="As JSON"
            description={kinds.triggers.get(name)?.description}
            value={of}
            isObject
            onChange={(next) => set({ ...entry, on: { [name]: next ?? {} } }, 'on')}
          />
        )
      )}
      <PanelPart title="Who may enter">
        <DefinitionField
          label="Only those who …"
          definition={entry.only}
          add="Only those who …"
          onChange={(only) => set(withField(entry, 'only', only), 'only')}
        />
        <TextInput
          label="Tell passages apart by the field"
          description="Of what comes with the entry: with orderId each order has a passage of its own. Empty for one passage of each person"
          maxLength={255}
          value={String(entry.key ?? '')}
          onChange={(event) => set(withField(entry, 'key', event.currentTarget.value || undefined), 'key')}
        />
      </PanelPart>
    </PanelFrame>
  );
}
