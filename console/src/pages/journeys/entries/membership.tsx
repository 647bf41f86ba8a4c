import { Select } from '@mantine/core';
import { IconFilter, IconListDetails } from '@tabler/icons-react';
import { ListPicker, SegmentPicker } from '../fields/pickers.tsx';
import type { EntryFormProps, EntryLook } from './entry-look.ts';

/** Somebody comes onto a list or goes from it. */
export const listEntry: EntryLook = {
  ...{ name: 'list', label: 'Somebody comes onto a list, or goes from it', Icon: IconListDetails },
  begin: { what: 'entered' },
  writes: ['id', 'what'],
  Form: ListForm,
};

/** Somebody comes to be of a live segment, or is of it no longer. */
export const segmentEntry: EntryLook = {
  ...{ name: 'segment', label: 'Somebody enters a live segment, or leaves it', Icon: IconFilter },
  begin: { what: 'entered' },
  writes: ['id', 'what'],
  Form: SegmentForm,
};

function ListForm({ of, onChange }: EntryFormProps) {
  return (
    <>
      <ListPicker label="List" id={of.id} onChange={(id) => onChange({ ...of, id })} />
      <What of={of} onChange={onChange} entered="They come onto it" left="They go from it" />
    </>
  );
}

function SegmentForm({ of, onChange }: EntryFormProps) {
  return (
    <>
      <SegmentPicker
        label="Segment"
        description="One whose membership is kept live"
        isLive
        id={of.id}
        onChange={(id) => onChange({ ...of, id })}
      />
      <What of={of} onChange={onChange} entered="They come to be of it" left="They are of it no longer" />
    </>
  );
}

function What({ of, entered, left, onChange }: EntryFormProps & { entered: string; left: string }) {
  return (
    <Select
      label="When"
      allowDeselect={false}
      data={[
        { value: 'entered', label: entered },
        { value: 'left', label: left },
      ]}
      value={of.what === 'left' ? 'left' : 'entered'}
      onChange={(what) => what && onChange({ ...of, what })}
    />
  );
}
