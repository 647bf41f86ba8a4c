import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { projectQuery } from '../../api/project.ts';
import { zoneWords } from '../../words/formats.ts';
import { shortOptions } from '../../words/short-options.ts';
import { timeZones } from '../../words/time-zones.ts';
import { isPart } from './definition.ts';

/** By whose clock days begin and end; the project's where nothing is said. */
export function ZoneField({
  label = 'Days by the clock',
  zone,
  onChange,
}: {
  label?: string;
  zone: unknown;
  onChange: (zone: string) => void;
}) {
  const { data: project } = useQuery(projectQuery);
  const named = typeof zone === 'string' && zone !== 'person' ? zone : project?.timeZone;
  return (
    <Select
      label={label}
      allowDeselect={false}
      searchable
      filter={shortOptions}
      data={[
        { value: 'person', label: 'of where each person is' },
        ...(named === undefined || timeZones.some(({ value }) => value === named)
          ? []
          : [{ value: named, label: zoneWords(named) }]),
        ...timeZones,
      ]}
      value={zone === 'person' || isPart(zone) ? 'person' : (named ?? null)}
      onChange={(value) => value !== null && onChange(value)}
    />
  );
}
