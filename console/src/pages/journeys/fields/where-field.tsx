import { useQuery } from '@tanstack/react-query';
import { namesQuery } from '../../../api/segments.ts';
import { ConditionsForm, isShownConditions } from '../../segments/conditions-form.tsx';
import { JsonField } from './json-field.tsx';

/** Conditions on the fields of an event, a purchase or what came with an entry. */
export function WhereField({
  where,
  event,
  add,
  begin = 'where',
  onChange,
}: {
  /** Undefined for none. */
  where: unknown;
  /** The event whose fields are offered: `purchase` for purchases; null for no certain one. */
  event: string | null;
  add: string;
  begin?: string;
  onChange: (where: unknown) => void;
}) {
  const { data: names } = useQuery(namesQuery);
  if (!isShownConditions(where))
    return <JsonField label="Conditions, as JSON" value={where} isObject onChange={onChange} />;
  const fields = names?.events.find(({ name }) => name === event)?.fields ?? [];
  return <ConditionsForm conditions={where} fields={fields} begin={begin} add={add} onChange={onChange} />;
}
