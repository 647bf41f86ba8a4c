import { Select } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { SubscriptionField } from '../fields/subscription-field.tsx';
import type { EntryFormProps, EntryLook } from './entry-look.ts';

/** Somebody opts in to something, or out of it. */
export const subscriptionEntry: EntryLook = {
  ...{ name: 'subscription', label: 'Somebody opts in, or out', Icon: IconChecklist },
  begin: { what: 'optedIn' },
  writes: ['channelId', 'messageTypeId', 'what'],
  Form: SubscriptionForm,
};

function SubscriptionForm({ of, onChange }: EntryFormProps) {
  return (
    <>
      <Select
        label="What they do"
        allowDeselect={false}
        data={[
          { value: 'optedIn', label: 'They opt in' },
          { value: 'optedOut', label: 'They opt out' },
        ]}
        value={of.what === 'optedOut' ? 'optedOut' : 'optedIn'}
        onChange={(what) => what && onChange({ ...of, what })}
      />
      <SubscriptionField label="Of which channel or message type" of={of} onChange={onChange} />
    </>
  );
}
