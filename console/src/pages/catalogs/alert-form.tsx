import {
  Autocomplete,
  Button,
  Checkbox,
  Fieldset,
  Group,
  NumberInput,
  Select,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type AlertDraft,
  changeAlert,
  createAlert,
  fieldsQuery,
  type ItemAlert,
} from '../../api/catalogs.ts';
import { namesQuery } from '../../api/segments.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { useAction } from '../../shell/use-action.ts';
import { randomKey } from '../../words/random-key.ts';

type When = AlertDraft['when'];
type Interest = AlertDraft['who'][number];

/** An interest with a name that stays while others come and go. */
interface Row {
  key: string;
  interest: Interest;
}

const asRow = (interest: Interest): Row => ({ key: randomKey(), interest });

/** Makes an alert, or changes one. */
export function AlertForm({
  name: catalog,
  alert,
  onDone,
}: {
  name: string;
  alert: ItemAlert | null;
  onDone: () => void;
}) {
  const { data: known } = useQuery(fieldsQuery(catalog));
  const fields = known ? [...Object.keys(known.definedMappings), ...known.undefinedFields] : [];
  const [name, setName] = useState(alert?.name ?? '');
  const [when, setWhen] = useState<When>(alert?.when ?? { field: '', becomes: { moreThan: 0 } });
  const [who, setWho] = useState<Row[]>(() => (alert?.who ?? [{ cart: 'id' as const, days: 30 }]).map(asRow));
  const [along, setAlong] = useState<string[]>(alert?.fields ?? []);
  const draft = () => ({ name: name.trim(), when, who: who.map(({ interest }) => interest), fields: along });
  const save = useAction(
    () => (alert ? changeAlert(catalog, alert.id, draft()) : createAlert(catalog, draft())),
    {
      ...{ inPlace: true, refresh: [['catalogs', catalog, 'alerts']], after: onDone },
      done: alert ? 'The alert is changed' : 'The alert is made',
    },
  );
  return (
    <ActionForm action={save} submit={alert ? 'Save' : 'Make alert'}>
      <TextInput
        label="Name"
        placeholder="Back in stock"
        required
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Fieldset legend="When an item changes so">
        <ChangeForm when={when} fields={fields} onChange={setWhen} />
      </Fieldset>
      <Fieldset legend="Tell people who did any of this">
        <Stack gap="sm">
          {who.map((row, index) => (
            <InterestForm
              key={row.key}
              interest={row.interest}
              onChange={(interest) => setWho(who.with(index, { ...row, interest }))}
              {...(who.length > 1 && { onRemove: () => setWho(who.toSpliced(index, 1)) })}
            />
          ))}
          <Group>
            <Button
              variant="subtle"
              size="xs"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setWho([...who, asRow({ event: '', field: '', days: 30 })])}
            >
              Or who did something else
            </Button>
          </Group>
        </Stack>
      </Fieldset>
      <TagsInput
        label="Fields of the item that are told along"
        description="Enter after each"
        data={fields}
        maxTags={20}
        value={along}
        onChange={setAlong}
      />
    </ActionForm>
  );
}

/** Changes of a field, as one reads them, and what each begins with. */
const changes = [
  { value: 'moreThan', label: 'becomes more than', begins: { becomes: { moreThan: 0 } } },
  { value: 'atLeast', label: 'becomes at least', begins: { becomes: { atLeast: 1 } } },
  { value: 'lessThan', label: 'becomes less than', begins: { becomes: { lessThan: 1 } } },
  { value: 'atMost', label: 'becomes at most', begins: { becomes: { atMost: 0 } } },
  { value: 'true', label: 'becomes true', begins: { becomes: { is: true } } },
  { value: 'false', label: 'becomes false', begins: { becomes: { is: false } } },
  { value: 'text', label: 'becomes the text', begins: { becomes: { is: '' } } },
  { value: 'number', label: 'becomes the number', begins: { becomes: { is: 0 } } },
  { value: 'falls', label: 'falls', begins: { falls: { share: 0.1 } } },
  { value: 'rises', label: 'rises', begins: { rises: { share: 0.1 } } },
  { value: 'asIs', label: 'becomes several things at once (written by API)', begins: {} },
] as const;
type Change = (typeof changes)[number]['value'];

function changeOf({ falls, rises, becomes = {} }: When): Change {
  if (falls) return 'falls';
  if (rises) return 'rises';
  const [[comparator, value] = ['asIs', null], ...more] = Object.entries(becomes);
  if (more.length > 0) return 'asIs';
  if (comparator !== 'is') return changes.find((each) => each.value === comparator)?.value ?? 'asIs';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return typeof value === 'number' ? 'number' : 'text';
}

function ChangeForm({
  when,
  fields,
  onChange,
}: {
  when: When;
  fields: readonly string[];
  onChange: (when: When) => void;
}) {
  const chosen = changeOf(when);
  return (
    <Stack gap="xs">
      <div className="condition-line">
        <Autocomplete
          label="Its field"
          placeholder="stock"
          required
          data={[...fields]}
          value={when.field}
          onChange={(field) => onChange({ ...when, field })}
        />
        <Select
          label="How"
          allowDeselect={false}
          data={changes.filter(({ value }) => value !== 'asIs' || value === chosen)}
          value={chosen}
          onChange={(value) => {
            const next = changes.find((each) => each.value === value);
            if (next && next.value !== 'asIs') onChange({ field: when.field, ...next.begins });
          }}
        />
        <Amount when={when} onChange={onChange} />
      </div>
      {when.becomes && (
        <Checkbox
          label="New items that are so count too"
          checked={when.newItems === true}
          onChange={(event) => {
            const { newItems: _, ...rest } = when;
            onChange(event.currentTarget.checked ? { ...rest, newItems: true } : rest);
          }}
        />
      )}
    </Stack>
  );
}

const units = [
  { value: 'share', label: 'in % of what it was' },
  { value: 'amount', label: 'in its own unit' },
  { value: 'any', label: 'by anything' },
] as const;

function Amount({ when, onChange }: { when: When; onChange: (when: When) => void }) {
  const way = when.falls ? 'falls' : when.rises ? 'rises' : null;
  if (way) {
    const by = when[way] ?? {};
    const unit = by.share !== undefined ? 'share' : by.amount !== undefined ? 'amount' : 'any';
    // A hundred times a share is not always whole.
    const number = unit === 'share' ? Number(((by.share ?? 0) * 100).toFixed(6)) : (by.amount ?? 0);
    const set = (to: (typeof units)[number]['value'], value: number) =>
      onChange({
        field: when.field,
        [way]: to === 'any' ? {} : to === 'share' ? { share: value / 100 } : { amount: value },
      });
    return (
      <>
        {unit !== 'any' && (
          <NumberInput
            label="By at least"
            min={0}
            className="short-field"
            value={number}
            onChange={(value) => set(unit, Math.max(0, Number(value) || 0))}
          />
        )}
        <Select
          label={unit === 'any' ? 'By how much' : 'Measured'}
          allowDeselect={false}
          data={[...units]}
          value={unit}
          onChange={(value) => set(units.find((each) => each.value === value)?.value ?? 'any', number || 10)}
        />
      </>
    );
  }
  const [[comparator, value] = ['is', ''], ...more] = Object.entries(when.becomes ?? {});
  const set = (next: string | number) => onChange({ ...when, becomes: { [comparator]: next } });
  if (more.length > 0 || typeof value === 'boolean') return null;
  return typeof value === 'number' ? (
    <NumberInput
      label="Number"
      className="short-field"
      value={value}
      onChange={(next) => set(Number(next) || 0)}
    />
  ) : (
    <TextInput
      label="Text"
      required
      dir="auto"
      value={String(value)}
      onChange={(event) => set(event.currentTarget.value)}
    />
  );
}

function InterestForm({
  interest,
  onChange,
  onRemove,
}: {
  interest: Interest;
  onChange: (interest: Interest) => void;
  onRemove?: () => void;
}) {
  const { data: names } = useQuery(namesQuery);
  const { event = '', field = '', cart, days } = interest;
  const isEvent = cart === undefined;
  const events = names?.events.filter((each) => each.name !== 'purchase') ?? [];
  const eventFields = events.find((each) => each.name === event)?.fields ?? [];
  return (
    <div className="condition-line">
      <Select
        label="They"
        allowDeselect={false}
        data={[
          { value: 'event', label: 'did the event' },
          { value: 'cart', label: 'have it in the cart' },
        ]}
        value={isEvent ? 'event' : 'cart'}
        onChange={(value) =>
          onChange(value === 'cart' ? { cart: 'id', days } : { event: '', field: '', days })
        }
      />
      {isEvent ? (
        <>
          <Autocomplete
            label="Event"
            placeholder="notifyMe"
            required
            data={events.map((each) => each.name)}
            value={event}
            onChange={(next) => onChange({ ...interest, event: next })}
          />
          <Autocomplete
            label="Field with the item’s id"
            placeholder="sku"
            required
            data={eventFields.map((each) => each.name)}
            value={field}
            onChange={(next) => onChange({ ...interest, field: next })}
          />
        </>
      ) : (
        <Select
          label="Its id there"
          allowDeselect={false}
          data={[
            { value: 'id', label: 'id' },
            { value: 'sku', label: 'sku' },
          ]}
          value={cart}
          onChange={(value) => onChange({ ...interest, cart: value === 'sku' ? 'sku' : 'id' })}
        />
      )}
      <NumberInput
        label="In days"
        required
        min={1}
        max={365}
        allowDecimal={false}
        className="short-field"
        value={days}
        onChange={(value) => onChange({ ...interest, days: Math.max(1, Number(value) || 1) })}
      />
      {onRemove && (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          mb={4}
          leftSection={<IconTrash size={14} aria-hidden />}
          onClick={onRemove}
        >
          Remove
        </Button>
      )}
    </div>
  );
}
