import { Autocomplete, Checkbox, MultiSelect, Select, TagsInput } from '@mantine/core';
import { NumberField } from '../../shell/number-field.tsx';
import { countries } from '../../words/countries.ts';
import { shortOptions } from '../../words/short-options.ts';
import { timeZones } from '../../words/time-zones.ts';
import { isShownPath, pathOf, pathText } from './comparison-form.tsx';
import type { FormProps } from './condition-form.tsx';
import { isPart, type Leaf } from './definition.ts';

const ways = [
  { value: 'country', label: 'country' },
  { value: 'region', label: 'region' },
  { value: 'timeZone', label: 'time zone' },
  { value: 'near', label: 'distance from a point' },
] as const;
type Way = (typeof ways)[number]['value'];

const wayOf = (leaf: Leaf): Way => ways.find(({ value }) => value in leaf)?.value ?? 'country';

/** Paris; the equator's meridian is nowhere that anybody means. */
const somewhere = { lat: 48.85, lon: 2.35 };

/** Where somebody is. */
export function PlaceForm(props: FormProps) {
  const { leaf, onChange } = props;
  const way = wayOf(leaf);
  const { orPossibly } = leaf;
  const rest = orPossibly === undefined || way === 'near' ? {} : { orPossibly };
  const codes = Array.isArray(leaf[way]) ? leaf[way].map(String) : [];
  const several = {
    label: 'In one of',
    value: codes,
    onChange: (values: string[]) => onChange({ ...rest, [way]: values }),
  };
  return (
    <div className="condition-line">
      <Select
        label="They are by"
        allowDeselect={false}
        data={ways}
        value={way}
        onChange={(value) =>
          onChange(
            value === 'near'
              ? { near: { path: '', ...somewhere, km: 50 } }
              : { ...rest, [value ?? 'country']: [] },
          )
        }
      />
      {way === 'country' && (
        <MultiSelect
          {...several}
          placeholder={codes.length > 0 ? undefined : 'Choose countries'}
          searchable
          filter={shortOptions}
          nothingFoundMessage="No country is called so"
          data={countries}
        />
      )}
      {way === 'region' && (
        <TagsInput
          {...several}
          description="By its code, as US-CA or CA-QC; Enter after each"
          onChange={(values) => several.onChange(values.map((value) => value.trim().toUpperCase()))}
        />
      )}
      {way === 'timeZone' && (
        <MultiSelect
          {...several}
          placeholder={codes.length > 0 ? undefined : 'Choose time zones'}
          searchable
          filter={shortOptions}
          nothingFoundMessage="No time zone is called so"
          data={timeZones}
        />
      )}
      {way === 'near' ? (
        <Near {...props} />
      ) : (
        <Checkbox
          label="Also who only may be there"
          mb={8}
          checked={orPossibly === true}
          onChange={(event) =>
            onChange({ [way]: leaf[way], ...(event.currentTarget.checked ? { orPossibly: true } : {}) })
          }
        />
      )}
    </div>
  );
}

function Near({ leaf, names, onChange }: FormProps) {
  const near = isPart(leaf.near) ? leaf.near : {};
  const set = (part: Leaf) => onChange({ near: { ...near, ...part } });
  const number = (name: string, label: string, most: number, least = -most) => (
    <NumberField
      label={label}
      className="short-field"
      min={least}
      max={most}
      value={Number(near[name])}
      onChange={(value) => set({ [name]: value })}
    />
  );
  return (
    <>
      <Autocomplete
        label="By their field"
        description="One that holds lat and lon"
        data={names.fields.filter(({ type }) => type === 'object').map(({ name }) => name)}
        filter={shortOptions}
        value={pathText(near.path)}
        onChange={(path) => set({ path: pathOf(path, names.fields) })}
      />
      {number('km', 'At most, in km', 20_040, 0.1)}
      {number('lat', 'From latitude', 90)}
      {number('lon', 'and longitude', 180)}
    </>
  );
}

/** Whether the form can show it whole. */
export const isShownPlace = ({ near }: Leaf): boolean =>
  near === undefined || (isPart(near) && isShownPath(near.path));
