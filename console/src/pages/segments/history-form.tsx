import { ActionIcon, Autocomplete, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { shortOptions } from '../../words/short-options.ts';
import { isShownPath, type KnownField, pathOf, pathText } from './comparison-form.tsx';
import type { FormProps } from './condition-form.tsx';
import { ConditionsForm, isShownConditions } from './conditions-form.tsx';
import { isPart, type Leaf, saysOnly } from './definition.ts';
import { Frequency, isShownFrequency } from './frequency.tsx';
import { isShownNumberTest, NumberTestField } from './number-test-field.tsx';
import { isShownSpan, SpanField } from './span-field.tsx';
import { isShownWindow, WindowForm, withWindow } from './window-form.tsx';

type Kind = 'event' | 'purchase';

/** What is asked of what somebody did, by the name that stands in the leaf. */
const measures = {
  first: 'for the first time …',
  last: 'for the last time …',
  revenue: 'spending in all …',
  sum: 'with the sum of a field …',
  average: 'with the average of a field …',
  least: 'with the least of a field …',
  most: 'with the greatest of a field …',
} as const;
type Measure = keyof typeof measures;
const measureNames = Object.keys(measures) as Measure[];
const ofField: ReadonlySet<Measure> = new Set(['sum', 'average', 'least', 'most']);

/** What every item of a purchase may say. */
const itemFields: readonly KnownField[] = [
  ...['id', 'sku', 'name', 'url'].map((name) => ({ name, type: 'string' })),
  ...['price', 'quantity'].map((name) => ({ name, type: 'double' })),
  { name: 'categories', type: 'array' },
];

/** What somebody did, or bought: how often, when, what holds of it, and what came after. */
export function HistoryForm({ kind, leaf, names, onChange }: FormProps & { kind: Kind }) {
  const name = kind === 'purchase' ? 'purchase' : String(leaf.name ?? '');
  const events = names.events.map((each) => each.name).filter((each) => each !== 'purchase');
  const fieldsOf = (event: string) => names.events.find((each) => each.name === event)?.fields ?? [];
  const measure = measureNames.find((each) => leaf[each] !== undefined);
  const set = (part: 'where' | 'item') => (conditions: Leaf | undefined) => {
    const { [part]: _, ...rest } = leaf;
    onChange(conditions === undefined ? rest : { ...rest, [part]: conditions });
  };
  return (
    <Stack gap="xs">
      <div className="condition-line">
        {kind === 'event' && (
          <EventName
            label="They did"
            events={events}
            name={name}
            onChange={(next) => onChange({ ...leaf, name: next })}
          />
        )}
        <Frequency
          label={kind === 'event' ? 'How often' : 'They bought'}
          times={measure === undefined ? leaf.times : undefined}
          others={measureNames
            .filter((each) => each !== 'revenue' || kind === 'purchase')
            .map((value) => ({ value, label: measures[value] }))}
          other={measure ?? null}
          onChange={(times) => onChange({ ...withoutMeasure(leaf), times })}
          onOther={(next) => {
            const chosen = measureNames.find((each) => each === next);
            if (chosen) onChange({ ...withoutMeasure(leaf), [chosen]: beginningOf(chosen) });
          }}
        />
        {measure !== undefined && (
          <MeasureFields measure={measure} leaf={leaf} fields={fieldsOf(name)} onChange={onChange} />
        )}
        <WindowForm
          window={isPart(leaf.during) ? leaf.during : undefined}
          zone={leaf.zone}
          label={measure === 'first' || measure === 'last' ? 'Of those that were' : 'When'}
          onChange={(next) => onChange(withWindow(leaf, next))}
        />
      </div>
      <ConditionsForm
        conditions={leaf.where}
        fields={fieldsOf(name)}
        begin="where"
        add={kind === 'event' ? 'Only those where …' : 'Only purchases where …'}
        onChange={set('where')}
      />
      {kind === 'purchase' && (
        <ConditionsForm
          conditions={leaf.item}
          fields={itemFields}
          begin="with an item where"
          add="Only purchases with an item where …"
          onChange={set('item')}
        />
      )}
      <StepForm leaf={leaf} events={events} fieldsOf={fieldsOf} onChange={onChange} />
    </Stack>
  );
}

function EventName({
  label,
  events,
  name,
  onChange,
}: {
  label: string;
  events: string[];
  name: string;
  onChange: (name: string) => void;
}) {
  return (
    <Autocomplete
      label={label}
      placeholder="The name of an event"
      description={events.length === 0 && 'None was tracked yet: write its name'}
      data={events}
      filter={shortOptions}
      maxLength={255}
      value={name}
      onChange={onChange}
    />
  );
}

function withoutMeasure(leaf: Leaf): Leaf {
  const { times: _, ...rest } = leaf;
  return Object.fromEntries(
    Object.entries(rest).filter(([name]) => !measureNames.some((measure) => measure === name)),
  );
}

function beginningOf(measure: Measure): Leaf {
  if (measure === 'first' || measure === 'last') return { last: { days: 30 } };
  return ofField.has(measure) ? { of: '', atLeast: 1 } : { atLeast: 1 };
}

/** What the measure is held to: a window for the first and last time, else a number. */
function MeasureFields({
  measure,
  leaf,
  fields,
  onChange,
}: {
  measure: Measure;
  leaf: Leaf;
  fields: readonly KnownField[];
  onChange: (leaf: Leaf) => void;
}) {
  const asked = isPart(leaf[measure]) ? leaf[measure] : {};
  if (measure === 'first' || measure === 'last')
    return (
      <WindowForm
        label={`The ${measure} time was`}
        isAlways
        window={asked}
        zone={leaf.zone}
        onChange={({ window, zone }) =>
          onChange({ ...leaf, [measure]: window, ...(zone === undefined ? {} : { zone }) })
        }
      />
    );
  const { of, ...test } = asked;
  return (
    <>
      {ofField.has(measure) && (
        <Autocomplete
          label="Of its field"
          data={fields.map((field) => field.name)}
          filter={shortOptions}
          value={pathText(of)}
          onChange={(path) => onChange({ ...leaf, [measure]: { ...test, of: pathOf(path, fields) } })}
        />
      )}
      <NumberTestField
        label={measure === 'revenue' ? 'Revenue' : 'Is'}
        test={test}
        onChange={(next) => onChange({ ...leaf, [measure]: of === undefined ? next : { of, ...next } })}
      />
    </>
  );
}

/** What the same person did after, or did not. */
function StepForm({
  leaf,
  events,
  fieldsOf,
  onChange,
}: {
  leaf: Leaf;
  events: string[];
  fieldsOf: (event: string) => readonly KnownField[];
  onChange: (leaf: Leaf) => void;
}) {
  const { followedBy, notFollowedBy, ...rest } = leaf;
  const step = [followedBy, notFollowedBy].find(isPart);
  if (!step)
    return (
      <Group>
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange({ ...rest, notFollowedBy: { purchase: true, within: { days: 1 } } })}
        >
          And what came after …
        </Button>
      </Group>
    );
  const isMissing = isPart(notFollowedBy);
  const isPurchase = step.purchase === true;
  const set = (next: Leaf, missing = isMissing) =>
    onChange({ ...rest, [missing ? 'notFollowedBy' : 'followedBy']: next });
  const { event: _, purchase: __, within, ...others } = step;
  return (
    <Stack gap="xs" pl={{ base: 0, sm: 'md' }}>
      <div className="condition-line">
        <Text size="sm" c="dimmed" className="binding-word">
          and then
        </Text>
        <Select
          label="They"
          allowDeselect={false}
          data={[
            { value: 'purchase', label: 'bought' },
            { value: 'no purchase', label: 'did not buy' },
            { value: 'event', label: 'did' },
            { value: 'no event', label: 'did not do' },
          ]}
          value={`${isMissing ? 'no ' : ''}${isPurchase ? 'purchase' : 'event'}`}
          onChange={(value) => {
            const missing = value?.startsWith('no ') ?? false;
            const what = value?.endsWith('purchase')
              ? { purchase: true }
              : { event: isPurchase ? '' : step.event };
            // What does not come is waited for no longer than that.
            const span = isPart(within) ? within : missing ? { days: 1 } : undefined;
            set({ ...what, ...(span && { within: span }), ...others }, missing);
          }}
        />
        {!isPurchase && (
          <EventName
            label="The event"
            events={events}
            name={String(step.event ?? '')}
            onChange={(event) => set({ ...step, event })}
          />
        )}
        {isPart(within) ? (
          <SpanField label="Within" span={within} onChange={(span) => set({ ...step, within: span })} />
        ) : (
          <Button variant="subtle" size="xs" mb={4} onClick={() => set({ ...step, within: { days: 1 } })}>
            Within a time …
          </Button>
        )}
        {isPart(within) && !isMissing && (
          <Button
            variant="subtle"
            size="xs"
            color="gray"
            mb={4}
            onClick={() => {
              const { within: ___, ...ever } = step;
              set(ever);
            }}
          >
            However late
          </Button>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label="Remove what came after"
          onClick={() => onChange(rest)}
        >
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </div>
      {isMissing && (
        <Text size="sm" c="dimmed">
          It is true of somebody once that time is over and nothing came.
        </Text>
      )}
      <ConditionsForm
        conditions={step.where}
        fields={fieldsOf(isPurchase ? 'purchase' : String(step.event ?? ''))}
        begin="where"
        add="Only where …"
        onChange={(where) => {
          const { where: ___, ...bare } = step;
          set(where === undefined ? bare : { ...bare, where });
        }}
      />
    </Stack>
  );
}

const known = [
  ...['name', 'times', 'during', 'zone', 'where', 'item', 'followedBy', 'notFollowedBy'],
  ...measureNames,
];

/** Whether the form can show it whole. */
export function isShownHistory(leaf: Leaf): boolean {
  const asked = [...measureNames, 'times'].filter((name) => leaf[name] !== undefined);
  const steps = [leaf.followedBy, leaf.notFollowedBy].filter((step) => step !== undefined);
  return (
    saysOnly(leaf, known) &&
    asked.length <= 1 &&
    isShownFrequency(leaf.times) &&
    measureNames.every((name) => leaf[name] === undefined || isShownMeasure(name, leaf[name])) &&
    [leaf.during, leaf.first, leaf.last].every(isShownWindow) &&
    [leaf.where, leaf.item].every(isShownConditions) &&
    steps.length <= 1 &&
    steps.every(isShownStep)
  );
}

function isShownMeasure(name: Measure, measure: unknown): boolean {
  if (name === 'first' || name === 'last') return true;
  if (!ofField.has(name)) return isShownNumberTest(measure);
  return isShownNumberTest(measure, ['of']) && isShownPath(measure.of);
}

const isShownStep = (step: unknown): boolean =>
  isPart(step) &&
  saysOnly(step, ['event', 'purchase', 'within', 'where']) &&
  (step.within === undefined || isShownSpan(step.within)) &&
  isShownConditions(step.where);
