import { IconActivity, IconShoppingCart } from '@tabler/icons-react';
import { EventNameField } from '../fields/event-name.tsx';
import { withField } from '../fields/set-field.ts';
import { WhereField } from '../fields/where-field.tsx';
import type { EntryFormProps, EntryLook } from './entry-look.ts';

/** Somebody does something. */
export const eventEntry: EntryLook = {
  ...{ name: 'event', label: 'Somebody does something (an event)', Icon: IconActivity },
  begin: { name: '' },
  writes: ['name', 'where'],
  Form: EventForm,
};

/** Somebody buys something. */
export const purchaseEntry: EntryLook = {
  ...{ name: 'purchase', label: 'Somebody buys something', Icon: IconShoppingCart },
  begin: {},
  writes: ['where'],
  Form: PurchaseForm,
};

function EventForm({ of, onChange }: EntryFormProps) {
  return (
    <>
      <EventNameField label="Event" name={of.name} onChange={(name) => onChange({ ...of, name }, 'name')} />
      <WhereField
        where={of.where}
        event={String(of.name ?? '')}
        add="Only those where …"
        onChange={(where) => onChange(withField(of, 'where', where), 'where')}
      />
    </>
  );
}

function PurchaseForm({ of, onChange }: EntryFormProps) {
  return (
    <WhereField
      where={of.where}
      event="purchase"
      add="Only purchases where …"
      onChange={(where) => onChange(withField(of, 'where', where), 'where')}
    />
  );
}
