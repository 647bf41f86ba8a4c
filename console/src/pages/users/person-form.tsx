import { ActionIcon, Autocomplete, Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { changeEmail, fieldsQuery, savePerson, type UserCard } from '../../api/users.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { useAction } from '../../shell/use-action.ts';
import { type FieldDraft, fieldValue, isEditable } from './field-draft.ts';

/** Fields that every person is asked for. */
const usual = ['firstName', 'lastName', 'city', 'state', 'country'];
/** Kept apart from the other fields. */
const own = new Set(['email', 'userId', 'phoneNumber', 'signupDate', 'profileUpdatedAt']);

/** Adds a person by hand, or mends one: what they are known by, and their fields. */
export function PersonForm({ user, onDone }: { user?: UserCard; onDone: () => void }) {
  const { data: types = {} } = useQuery(fieldsQuery);
  const [email, setEmail] = useState(user?.email ?? '');
  const [userId, setUserId] = useState(user?.userId ?? '');
  const [phone, setPhone] = useState(user?.phoneNumber ?? '');
  const [fields, setFields] = useState<FieldDraft[]>(() => draftsOf(user));
  const save = useAction(() => saved(), {
    ...{ once: true, inPlace: true, done: user ? 'Saved' : 'The person is added' },
    refresh: [['users'], ['lists']],
    after: onDone,
  });
  const saved = async () => {
    const changed = fields.filter((field) => field.name !== '' && field.text !== field.before);
    const dataFields = Object.fromEntries(changed.map((field) => [field.name, fieldValue(field, types)]));
    if (user?.email && email !== user.email) await changeEmail(user, email);
    await savePerson({
      ...(email ? { email } : {}),
      ...(userId ? { userId } : {}),
      dataFields: {
        ...dataFields,
        ...(phone === (user?.phoneNumber ?? '') && user ? {} : phone === '' ? {} : { phoneNumber: phone }),
      },
    });
  };
  const change = (index: number, part: Partial<FieldDraft>) =>
    setFields((before) => before.map((field, place) => (place === index ? { ...field, ...part } : field)));
  const isNamed = email !== '' || userId !== '' || phone !== '';
  return (
    <ActionForm action={save} submit={user ? 'Save' : 'Add person'} isWhole={isNamed}>
      {!user && (
        <Text size="sm" c="dimmed">
          A profile is no consent: once the person is added, record what they agreed to on their page.
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label="Phone number"
          description="As you write it; + and the country’s code for one abroad"
          type="tel"
          autoComplete="off"
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        <TextInput
          label="Email"
          description={user?.email ? 'What they agreed to by email goes along' : undefined}
          type="email"
          autoComplete="off"
          required={user !== undefined && user.email !== ''}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          label="User id"
          description="Their id in your own systems"
          autoComplete="off"
          disabled={user?.userId !== undefined}
          value={userId}
          onChange={(event) => setUserId(event.currentTarget.value)}
        />
      </SimpleGrid>
      <Stack gap="xs" component="fieldset" p={0} m={0} style={{ border: 0 }}>
        <Text component="legend" fw={600} p={0}>
          Fields
        </Text>
        {fields.map((field, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a field has no other name while it is typed
          <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
            <Autocomplete
              aria-label={`Name of field ${index + 1}`}
              data={Object.keys(types).filter((name) => !own.has(name))}
              flex={1}
              readOnly={field.isStored}
              value={field.name}
              onChange={(name) => change(index, { name })}
            />
            <TextInput
              aria-label={`Value of ${field.name || `field ${index + 1}`}`}
              flex={1}
              disabled={!isEditable(field)}
              value={field.text}
              onChange={(event) => change(index, { text: event.currentTarget.value })}
            />
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={`Empty ${field.name || `field ${index + 1}`}`}
              disabled={!isEditable(field)}
              onClick={() => change(index, { text: '' })}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          w="fit-content"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() =>
            setFields((before) => [...before, { name: '', text: '', before: '', isStored: false }])
          }
        >
          Another field
        </Button>
      </Stack>
    </ActionForm>
  );
}

function draftsOf(user: UserCard | undefined): FieldDraft[] {
  const stored = Object.entries(user?.dataFields ?? {}).map(([name, value]): FieldDraft => {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return {
      name,
      text,
      before: text,
      isStored: true,
      ...(typeof value === 'object' ? { isWhole: true } : {}),
    };
  });
  const known = new Set(stored.map((field) => field.name));
  const asked = usual.filter((name) => !known.has(name));
  return [...stored, ...asked.map((name) => ({ name, text: '', before: '', isStored: false }))];
}
