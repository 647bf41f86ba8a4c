import { Autocomplete, Checkbox, Select, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useContext, useState } from 'react';
import { catalogsQuery } from '../../api/catalogs.ts';
import { NumberField } from '../../shell/number-field.tsx';
import { shortOptions } from '../../words/short-options.ts';
import { isPart, type Leaf } from './definition.ts';
import { fieldOfPerson, PersonFields } from './person-fields.ts';
import { isShownWindow, today, WindowForm } from './window-form.tsx';
import { ZoneField } from './zone-field.tsx';

/** Comparators, and what they take. */
const comparators = [
  { value: 'is', label: 'is', takes: 'value' },
  { value: 'isNot', label: 'is not, or is missing', takes: 'value' },
  { value: 'isAnyOf', label: 'is one of', takes: 'values' },
  { value: 'isNoneOf', label: 'is none of, or is missing', takes: 'values' },
  { value: 'contains', label: 'contains', takes: 'text' },
  { value: 'doesNotContain', label: 'does not contain, or is missing', takes: 'text' },
  { value: 'startsWith', label: 'starts with', takes: 'text' },
  { value: 'endsWith', label: 'ends with', takes: 'text' },
  { value: 'matches', label: 'matches the pattern', takes: 'text' },
  { value: 'doesNotMatch', label: 'does not match the pattern, or is missing', takes: 'text' },
  { value: 'moreThan', label: 'is more than', takes: 'number' },
  { value: 'atLeast', label: 'is at least', takes: 'number' },
  { value: 'lessThan', label: 'is less than', takes: 'number' },
  { value: 'atMost', label: 'is at most', takes: 'number' },
  { value: 'between', label: 'is from … to …', takes: 'range' },
  { value: 'before', label: 'lies before the day', takes: 'day' },
  { value: 'on', label: 'lies on the day', takes: 'day' },
  { value: 'after', label: 'lies after the day', takes: 'day' },
  { value: 'during', label: 'is a date that lies', takes: 'window' },
  { value: 'anniversary', label: 'has its anniversary', takes: 'anniversary' },
  { value: 'inCatalog', label: 'is the id of an item of', takes: 'item' },
  { value: 'exists', label: 'is there', takes: 'nothing' },
  { value: 'missing', label: 'is missing', takes: 'nothing' },
] as const;
type Comparator = (typeof comparators)[number];

/** A field that may be compared, with the type of the values that were seen in it. */
export interface KnownField {
  name: string;
  type: string;
}

const caseMatters: ReadonlySet<string> = new Set(['value', 'values', 'text']);
const dates: ReadonlySet<string> = new Set(['day', 'window', 'anniversary']);

/** What values of a type can be compared by; another comparator is true of none of them. */
const comparedBy: Readonly<Record<string, readonly Comparator['takes'][]>> = {
  long: ['value', 'values', 'number', 'range', 'nothing'],
  double: ['value', 'values', 'number', 'range', 'nothing'],
  boolean: ['value', 'nothing'],
  date: ['window', 'day', 'anniversary', 'nothing'],
};

const isNumeric = (type: string | undefined) => type === 'long' || type === 'double';

/** A field with its comparison, as a line that can be read. */
export function ComparisonForm({
  comparison,
  fields,
  label,
  onChange,
}: {
  comparison: Leaf;
  fields: readonly KnownField[];
  /** What the field is of: “Their”, “Its”. */
  label: string;
  onChange: (comparison: Leaf) => void;
}) {
  const path = pathText(comparison.path);
  const type = fields.find(({ name }) => name === path)?.type;
  const chosen = comparatorOf(comparison);
  const fitting = comparedBy[type ?? ''];
  const shown = comparators.filter((each) => each === chosen || !fitting || fitting.includes(each.takes));
  const compareBy = (next: Comparator, of: string | undefined, written: unknown): Leaf => ({
    path: comparison.path,
    ...beginningOf(next, written, of),
    ...(dates.has(next.takes) && comparison.zone !== undefined && { zone: comparison.zone }),
  });
  return (
    <>
      <Autocomplete
        label={`${label} field`}
        data={fields.map(({ name }) => name)}
        filter={shortOptions}
        value={path}
        onChange={(value) => {
          const next = pathOf(value, fields);
          const of = fields.find(({ name }) => name === value)?.type;
          const allowed = comparedBy[of ?? ''];
          const isFit = !allowed || allowed.includes(chosen.takes);
          const fit = isFit ? chosen : comparators.find(({ takes }) => takes === allowed?.[0]);
          // What was written for values of another type would be true of none of these.
          onChange(
            of === type || !fit
              ? { ...comparison, path: next }
              : { ...compareBy(fit, of, comparison[chosen.value]), path: next },
          );
        }}
      />
      <Select
        label="How"
        allowDeselect={false}
        searchable
        data={shown.map(({ value, label: words }) => ({ value, label: words }))}
        value={chosen.value}
        onChange={(value) => {
          const next = comparators.find((each) => each.value === value);
          if (next) onChange(compareBy(next, type, comparison[chosen.value]));
        }}
      />
      <OwnFieldOr
        comparator={chosen}
        comparison={comparison}
        type={type}
        onChange={(part) => onChange({ ...comparison, ...part })}
      />
      {caseMatters.has(chosen.takes) && isOfTexts(comparison[chosen.value]) && (
        <Checkbox
          label="Upper and lower case alike"
          mb={8}
          checked={comparison.ignoringCase === true}
          onChange={(event) => {
            const { ignoringCase: _, ...rest } = comparison;
            onChange(event.currentTarget.checked ? { ...rest, ignoringCase: true } : rest);
          }}
        />
      )}
    </>
  );
}

const isOfTexts = (value: unknown) => [value].flat().every((each) => typeof each === 'string');

/** A path as one writes it; a name with dots in it stands alone in an array. */
export const pathText = (path: unknown): string => [path].flat().map(String).join('.');

/** A path that was written: the name of a known field as it is, else names with dots between. */
export const pathOf = (text: string, fields: readonly KnownField[]): string | string[] =>
  text.includes('.') && fields.some(({ name }) => name === text) ? [text] : text;

/** Whether a path reads as it is meant: one name, or names without dots. */
export const isShownPath = (path: unknown): boolean =>
  typeof path === 'string' ||
  (Array.isArray(path) && (path.length === 1 || !path.some((name) => String(name).includes('.'))));

interface ValueProps {
  comparator: Comparator;
  comparison: Leaf;
  type: string | undefined;
  onChange: (part: Leaf) => void;
}

const comparedWithFields: ReadonlySet<string> = new Set(['value', 'values', 'text', 'number', 'day']);

/** A value; where people's own fields may stand for one, that choice before it. */
function OwnFieldOr(props: ValueProps) {
  const { comparator, comparison, type, onChange } = props;
  const own = useContext(PersonFields);
  if (!own || !comparedWithFields.has(comparator.takes)) return <Value {...props} />;
  const field = fieldOfPerson(comparison[comparator.value]);
  return (
    <>
      <Select
        label="Compared with"
        allowDeselect={false}
        data={[
          { value: 'value', label: 'this' },
          { value: 'field', label: 'a field of the person' },
        ]}
        value={field === null ? 'value' : 'field'}
        onChange={(value) =>
          onChange(
            value === 'field'
              ? { [comparator.value]: { field: '' } }
              : beginningOf(comparator, undefined, type),
          )
        }
      />
      {field === null ? (
        <Value {...props} />
      ) : (
        <Autocomplete
          label="Their field"
          data={own.map(({ name }) => name)}
          filter={shortOptions}
          value={field}
          onChange={(next) => onChange({ [comparator.value]: { field: next } })}
        />
      )}
    </>
  );
}

function Value({ comparator, comparison, type, onChange }: ValueProps) {
  const { value: name, takes } = comparator;
  const value = comparison[name];
  const set = (next: unknown) => onChange({ [name]: next });
  if (takes === 'number' || (takes === 'value' && typeof value === 'number'))
    return <NumberField label="Number" className="short-field" value={Number(value)} onChange={set} />;
  if (takes === 'value' && typeof value === 'boolean')
    return (
      <Select
        label="Value"
        allowDeselect={false}
        data={['true', 'false']}
        value={String(value)}
        onChange={(next) => set(next === 'true')}
      />
    );
  if (takes === 'value' || takes === 'text')
    return (
      <TextInput
        label={name === 'matches' || name === 'doesNotMatch' ? 'Pattern' : 'Text'}
        dir="auto"
        maxLength={1_000}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  if (takes === 'values')
    return <Values values={Array.isArray(value) ? value : []} type={type} onChange={set} />;
  if (takes === 'range') {
    const [from = 0, to = 0] = Array.isArray(value) ? value.map(Number) : [];
    return (
      <>
        <NumberField
          label="Lowest"
          className="short-field"
          value={from}
          onChange={(next) => set([next, Math.max(next, to)])}
        />
        <NumberField
          label="Highest"
          className="short-field"
          value={to}
          min={from}
          onChange={(next) => set([from, next])}
        />
      </>
    );
  }
  if (takes === 'day')
    return (
      <DayAndZone
        day={typeof value === 'string' ? value : ''}
        zone={comparison.zone}
        onChange={(day, zone) => onChange({ [name]: day, ...(zone === undefined ? {} : { zone }) })}
      />
    );
  if (takes === 'window')
    return (
      <WindowForm
        isAlways
        isDate
        window={isPart(value) ? value : undefined}
        zone={comparison.zone}
        onChange={({ window, zone }) => onChange({ [name]: window, ...(zone === undefined ? {} : { zone }) })}
      />
    );
  if (takes === 'nothing') return null;
  if (takes === 'item') return <CatalogField value={value} onChange={set} />;
  const { from = 0, to = 7 } = isPart(value) ? value : {};
  return (
    <>
      <NumberField
        label="From, in days"
        description="0 is today"
        className="short-field"
        min={-183}
        max={Number(to)}
        allowDecimal={false}
        value={Number(from)}
        onChange={(next) => set({ from: next, to })}
      />
      <NumberField
        label="To, in days"
        className="short-field"
        min={Number(from)}
        max={183}
        allowDecimal={false}
        value={Number(to)}
        onChange={(next) => set({ from, to: next })}
      />
      <ZoneField zone={comparison.zone} onChange={(zone) => onChange({ zone })} />
    </>
  );
}

/** The catalog in which a value is the id of an item; what holds of the item stands below the line. */
function CatalogField({ value, onChange }: { value: unknown; onChange: (value: Leaf) => void }) {
  const { data: catalogs } = useQuery(catalogsQuery);
  const named = isPart(value) ? String(value.catalog ?? '') : '';
  const names = (catalogs ?? []).map(({ name }) => name);
  // The case of a catalog's name does not count.
  const known = names.find((name) => name.toLowerCase() === named.toLowerCase());
  return (
    <Select
      label="Catalog"
      placeholder={catalogs?.length === 0 ? 'No catalog yet' : 'Choose'}
      allowDeselect={false}
      searchable
      filter={shortOptions}
      data={named === '' || known ? names : [...names, named]}
      value={known ?? (named === '' ? null : named)}
      onChange={(catalog) => onChange({ catalog: catalog ?? '' })}
    />
  );
}

/** Several values: numbers for a field that holds them, else texts. */
function Values({
  values,
  type,
  onChange,
}: {
  values: readonly unknown[];
  type: string | undefined;
  onChange: (values: unknown[]) => void;
}) {
  const [refused, setRefused] = useState<string | null>(null);
  const isOfNumbers =
    isNumeric(type) || (values.length > 0 && values.every((each) => typeof each === 'number'));
  return (
    <TagsInput
      label="Values"
      description="Enter after each"
      error={refused !== null && `“${refused}” is no number`}
      value={values.map(String)}
      onChange={(next) => {
        const fault = isOfNumbers ? next.find((each) => Number.isNaN(Number(each))) : undefined;
        setRefused(fault ?? null);
        // What was there keeps its type: a text that looks like a number stays a text.
        const known = new Map(values.map((each) => [String(each), each]));
        if (fault === undefined)
          onChange(next.map((each) => known.get(each) ?? (isOfNumbers ? Number(each) : each)));
      }}
    />
  );
}

function DayAndZone({
  day,
  zone,
  onChange,
}: {
  day: string;
  zone: unknown;
  onChange: (day: string, zone: unknown) => void;
}) {
  return (
    <>
      <TextInput
        label="Day"
        type="date"
        value={day}
        onChange={(event) => onChange(event.currentTarget.value, zone)}
      />
      <ZoneField zone={zone} onChange={(next) => onChange(day, next)} />
    </>
  );
}

function comparatorOf(comparison: Leaf): Comparator {
  if (comparison.exists === false)
    return comparators.find(({ value }) => value === 'missing') ?? comparators[0];
  return comparators.find(({ value }) => value in comparison) ?? comparators[0];
}

/** What a comparator begins with; what was written before stays where it fits. */
function beginningOf({ value, takes }: Comparator, before: unknown, type: string | undefined): Leaf {
  const one: unknown = Array.isArray(before) ? before[0] : before;
  const ofPerson = fieldOfPerson(before);
  if (ofPerson !== null && comparedWithFields.has(takes)) return { [value]: { field: ofPerson } };
  switch (takes) {
    case 'value':
      if (type === 'boolean') return { [value]: typeof one === 'boolean' ? one : true };
      if (isNumeric(type)) return { [value]: Number(one) || 0 };
      return { [value]: typeof one === 'string' || typeof one === 'number' ? one : '' };
    case 'values': {
      const values = [before].flat().filter((each) => each !== '' && each !== undefined && !isPart(each));
      return { [value]: isNumeric(type) ? values.map(Number).filter((each) => !Number.isNaN(each)) : values };
    }
    case 'text':
      return { [value]: typeof one === 'string' ? one : '' };
    case 'number':
      return { [value]: Number(one) || 0 };
    case 'range':
      return { [value]: [Number(one) || 0, Number(one) || 0] };
    case 'day':
      return { [value]: typeof one === 'string' && /^\d{4}-\d\d-\d\d$/.test(one) ? one : today() };
    case 'window':
      return { during: { last: { days: 30 } } };
    case 'anniversary':
      return { anniversary: { from: 0, to: 7 } };
    case 'item':
      return { inCatalog: { catalog: '' } };
    case 'nothing':
      return { exists: value === 'exists' };
  }
}

/** Whether the line can show a comparison whole, but for what holds of an item. */
export function isShownLine(comparison: unknown): comparison is Leaf {
  if (!isPart(comparison) || !isShownPath(comparison.path)) return false;
  const others = Object.keys(comparison).filter((name) => !['path', 'ignoringCase', 'zone'].includes(name));
  const [name, ...more] = others;
  if (name === undefined || more.length > 0) return false;
  if (name === 'during') return isShownWindow(comparison.during);
  // An instant is no day; a day that is being written is empty for a while.
  if (name === 'before' || name === 'after')
    return fieldOfPerson(comparison[name]) !== null || [0, 10].includes(String(comparison[name]).length);
  return name === 'exists' || comparators.some(({ value }) => value === name);
}
