import {
  Card,
  FileInput,
  Group,
  Image,
  Select,
  SimpleGrid,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { changeNumberProfile, keepPicture } from '../../../api/whatsapp-numbers.ts';
import { ActionForm } from '../../../shell/action-form.tsx';
import { useAction } from '../../../shell/use-action.ts';
import { verticals } from '../../../words/whatsapp-words.ts';
import type { NumberCard } from './number-card.ts';

/** What people see when they tap the business's name. */
export function ProfileCard({ sender, number: { profile }, onChanged }: NumberCard) {
  const [draft, setDraft] = useState(profile);
  const [picture, setPicture] = useState<File | null>(null);
  const [first = '', second = ''] = draft.websites;
  const save = useAction(
    async () => {
      const { about, vertical, pictureUrl: _shown, websites, ...texts } = draft;
      const pictureUrl = picture === null ? undefined : await keepPicture(picture);
      return changeNumberProfile(sender.id, {
        ...texts,
        websites: websites.map((site) => site.trim()).filter(Boolean),
        // Neither may be empty at Meta.
        ...(about.trim() === '' ? {} : { about: about.trim() }),
        ...(vertical === '' ? {} : { vertical }),
        ...(pictureUrl === undefined ? {} : { pictureUrl }),
      });
    },
    {
      ...{ inPlace: true, done: 'The profile is changed' },
      after: (changed) => {
        setPicture(null);
        setDraft(changed.profile);
        onChanged(changed);
      },
    },
  );
  const text = (name: 'about' | 'address' | 'description' | 'email') => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDraft((before) => ({ ...before, [name]: value }));
    },
  });
  const site = (place: 0 | 1) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setDraft((before) => ({
      ...before,
      websites: place === 0 ? [value, before.websites[1] ?? ''] : [before.websites[0] ?? '', value],
    }));
  };
  return (
    <Card component="section" aria-labelledby="profile">
      <Title order={2} id="profile">
        Business profile
      </Title>
      <Text c="dimmed" size="sm" mb="sm">
        What people see when they tap your name in WhatsApp.
      </Text>
      <ActionForm action={save} submit="Save profile">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label="About" description="The line under the name" maxLength={139} {...text('about')} />
          <Select
            label="What you do"
            data={verticals}
            searchable
            value={draft.vertical === '' ? null : draft.vertical}
            onChange={(value) => setDraft((before) => ({ ...before, vertical: value ?? '' }))}
          />
          <TextInput label="Email" type="email" maxLength={128} {...text('email')} />
          <TextInput label="Address" maxLength={256} {...text('address')} />
          <TextInput label="Website" type="url" placeholder="https://…" value={first} onChange={site(0)} />
          <TextInput
            label="Second website"
            type="url"
            placeholder="https://…"
            value={second}
            onChange={site(1)}
          />
        </SimpleGrid>
        <Textarea
          label="Description"
          description={`${draft.description.length} of 512; some phones show 256`}
          maxLength={512}
          autosize
          minRows={2}
          {...text('description')}
        />
        <Group align="flex-end">
          {profile.pictureUrl && (
            <Image src={profile.pictureUrl} alt="The picture that people see now" w={64} h={64} radius="xl" />
          )}
          <FileInput
            label="New picture"
            description="JPEG or PNG, square, best 640 pixels wide"
            placeholder="Choose a file"
            accept="image/png,image/jpeg"
            clearable
            miw={220}
            value={picture}
            onChange={setPicture}
          />
        </Group>
      </ActionForm>
    </Card>
  );
}
