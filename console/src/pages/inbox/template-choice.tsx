import { Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Ability } from '../../api/inbox.ts';
import type { Medium } from '../../api/media.ts';
import { type Content, templateQuery, templatesQuery } from '../../api/templates.ts';
import { fieldText } from '../../words/formats.ts';

/** Chooses a template to answer with, and what is to stand in its fields; those that are left empty are the profile's. */
export function TemplateChoice({
  value,
  onChange,
  fields,
  onFields,
  profile,
  medium,
  why,
}: {
  value: string | null;
  onChange: (value: string | null) => void;
  fields: Readonly<Record<string, string>>;
  onFields: (fields: Record<string, string>) => void;
  profile: Readonly<Record<string, unknown>>;
  medium: Ability['medium'] | null;
  why: string | null;
}) {
  const { data: templates = [] } = useQuery(templatesQuery);
  const fitting = templates.filter((template) => medium === null || template.medium === medium);
  const chosen = fitting.find(({ templateId }) => String(templateId) === value);
  return (
    <Stack gap="xs">
      <Select
        label="Template"
        description={why ?? 'It goes by the person’s opt-in to its message type.'}
        placeholder={fitting.length === 0 ? 'There is no template for this channel' : 'Choose a template'}
        searchable
        data={fitting.map(({ templateId, name }) => ({ value: String(templateId), label: name }))}
        value={value}
        onChange={onChange}
      />
      {chosen && (
        <Fields
          medium={chosen.medium}
          templateId={chosen.templateId}
          fields={fields}
          onFields={onFields}
          profile={profile}
        />
      )}
    </Stack>
  );
}

/** How a template reads, its fields by their names. */
function textOf(content: Content): string {
  if (content.medium === 'email') return content.subject;
  if (content.medium === 'sms') return content.message;
  if (content.kind === 'template') return content.body ?? '';
  const { message } = content;
  return ('body' in message ? message.body : undefined) ?? `A free-form message (${message.type})`;
}

/** Fields by their plain names, as `{{orderId}}`. */
const field = /\{\{\{?\s*(?:defaultIfEmpty\s+)?([A-Za-z_][\w.]*)/g;
/** What is no field where it stands alone. */
const noFields = new Set(['else', 'this', 'now', 'defaultIfEmpty']);

function Fields({
  medium,
  templateId,
  fields,
  onFields,
  profile,
}: {
  medium: Medium;
  templateId: number;
  fields: Readonly<Record<string, string>>;
  onFields: (fields: Record<string, string>) => void;
  profile: Readonly<Record<string, unknown>>;
}) {
  const { data: template } = useQuery(templateQuery(medium, templateId));
  if (!template) return null;
  const found = [...JSON.stringify(template.content).matchAll(field)].map(([, name = '']) => name);
  const names = [...new Set(found)].filter((name) => !noFields.has(name));
  return (
    <>
      <Text size="sm" className="anywhere" style={{ whiteSpace: 'pre-wrap' }} lineClamp={6}>
        {textOf(template.content)}
      </Text>
      {names.length > 0 && (
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          {names.map((name) => (
            <TextInput
              key={name}
              size="xs"
              label={name}
              placeholder={Object.hasOwn(profile, name) ? fieldText(profile[name]) : 'Empty in this profile'}
              value={fields[name] ?? ''}
              onChange={({ currentTarget }) => {
                const { [name]: _, ...others } = fields;
                onFields(currentTarget.value === '' ? others : { ...others, [name]: currentTarget.value });
              }}
            />
          ))}
        </SimpleGrid>
      )}
    </>
  );
}
