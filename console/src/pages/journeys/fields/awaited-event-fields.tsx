import { TextInput } from '@mantine/core';
import { isPart, type Part } from '../../segments/definition.ts';
import { EventNameField } from './event-name.tsx';
import { withField } from './set-field.ts';
import { WhereField } from './where-field.tsx';

/** Which event, or which purchase, with conditions on its fields; and whether it is of one passage. What of both stands in `part` is meant. */
export function AwaitedEventFields({
  part,
  onChange,
}: {
  part: Part;
  onChange: (part: Part, what?: string) => void;
}) {
  const isEvent = part.event !== undefined;
  const name = isEvent ? 'event' : 'purchase';
  const of = isPart(part[name]) ? part[name] : {};
  return (
    <>
      {isEvent && (
        <EventNameField
          label="They do"
          name={of.name}
          onChange={(next) => onChange({ ...part, event: { ...of, name: next } }, 'event')}
        />
      )}
      <WhereField
        where={of.where}
        event={isEvent ? String(of.name ?? '') : 'purchase'}
        add={isEvent ? 'Only those where …' : 'Only purchases where …'}
        onChange={(where) => onChange({ ...part, [name]: withField(of, 'where', where) }, 'where')}
      />
      <TextInput
        label="Only of the same passage"
        description="The field that holds what passages are told apart by, such as orderId; empty for all of their passages"
        maxLength={255}
        value={String(part.sameKey ?? '')}
        onChange={(event) =>
          onChange(withField(part, 'sameKey', event.currentTarget.value || undefined), 'sameKey')
        }
      />
    </>
  );
}
