import { Group, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { projectQuery } from '../../api/project.ts';
import { sendersQuery } from '../../api/senders.ts';
import { changeProfile, createProfile, type VerificationProfile } from '../../api/verifications.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { useAction } from '../../shell/use-action.ts';
import { countries as allCountries } from '../../words/countries.ts';
import { CodeAppsFields, readApps, writtenApps } from './code-apps-fields.tsx';

const channelChoices = [
  { value: 'sms', label: 'SMS' },
  { value: 'whatsApp sms', label: 'WhatsApp, then SMS' },
  { value: 'sms whatsApp', label: 'SMS, then WhatsApp' },
  { value: 'whatsApp', label: 'WhatsApp' },
];

const channelsOf = (choice: string): VerificationProfile['channels'] =>
  choice.split(' ').map((medium) => (medium === 'whatsApp' ? 'whatsApp' : 'sms'));

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
const orNothing = (value: number | string) => (typeof value === 'number' ? value : undefined);

/** Makes a verification profile, or changes one. */
export function ProfileForm({
  profile = null,
  onDone,
}: {
  profile?: VerificationProfile | null;
  onDone: (profile: VerificationProfile) => void;
}) {
  const { data: project } = useQuery(projectQuery);
  const { data: senders = [] } = useQuery(sendersQuery);
  const [name, setName] = useState(profile?.name ?? '');
  const [chosen, setChosen] = useState(profile?.countries ?? null);
  const countries = chosen ?? (project ? [project.defaultCountry] : []);
  const [channels, setChannels] = useState<string>(profile?.channels.join(' ') ?? 'sms');
  const [senderIds, setSenderIds] = useState(profile?.senderIds.map(String) ?? []);
  const [brand, setBrand] = useState(profile?.brand ?? '');
  const [own, setOwn] = useState(profile?.texts['*'] ?? '');
  const [webDomain, setWebDomain] = useState(profile?.webDomain ?? '');
  const [appHash, setAppHash] = useState(profile?.appHash ?? '');
  const [apps, setApps] = useState(() => writtenApps(profile?.whatsAppApps ?? null));
  const [minutes, setMinutes] = useState<number | string>((profile?.livesSeconds ?? 300) / 60);
  const [codeLength, setCodeLength] = useState<number | string>(profile?.codeLength ?? 6);
  const [hourlyLimit, setHourlyLimit] = useState<number | string>(profile?.hourlyLimit ?? 1_000);
  const [dailyBudget, setDailyBudget] = useState<number | string>(profile?.dailyBudget ?? 50);
  const fields = () => {
    const { '*': _own, ...texts } = profile?.texts ?? {};
    const lives = orNothing(minutes);
    return {
      channels: channelsOf(channels),
      ...{ name: name.trim(), countries, senderIds: senderIds.map(Number), brand: orNull(brand) },
      texts: own.trim() === '' ? texts : { ...texts, '*': own.trim() },
      ...{ webDomain: orNull(webDomain), appHash: orNull(appHash), whatsAppApps: readApps(apps) },
      ...(lives !== undefined && { livesSeconds: Math.round(lives * 60) }),
      ...{ codeLength: orNothing(codeLength), hourlyLimit: orNothing(hourlyLimit) },
      dailyBudget: orNothing(dailyBudget),
    };
  };
  const save = useAction(() => (profile ? changeProfile(profile.id, fields()) : createProfile(fields())), {
    ...{ once: true, inPlace: true, refresh: [['codes']], after: onDone },
    done: profile ? 'The profile is changed' : 'The profile is made',
  });
  const carrying = senders.filter(
    (sender) =>
      channelsOf(channels).some((medium) => medium === sender.medium) && sender.purpose === 'transactional',
  );
  return (
    <ActionForm action={save} submit={profile ? 'Save' : 'Make profile'}>
      <TextInput
        label="Name"
        description="What the codes are for: signing in, signing up"
        required
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <MultiSelect
        label="Countries"
        description="Codes go to numbers of these and of no other, however many ask for one"
        required
        searchable
        data={allCountries}
        value={countries}
        onChange={setChosen}
      />
      <Select
        label="By"
        description="By the second where the first cannot reach the person, where its message fails, and where the code is asked for again"
        allowDeselect={false}
        data={channelChoices}
        value={channels}
        onChange={(value) => setChannels(value ?? channels)}
      />
      <MultiSelect
        label="Senders"
        description="Best some that send nothing else; without any, the project’s first transactional one that reaches the country"
        data={carrying.map(({ id, name: label, address }) => ({
          value: String(id),
          label: `${label} (${address})`,
        }))}
        value={senderIds}
        onChange={setSenderIds}
      />
      <TextInput
        label="Brand in the text"
        description={`Empty for the project’s own: ${project?.brand ?? ''}`}
        maxLength={40}
        value={brand}
        onChange={(event) => setBrand(event.currentTarget.value)}
      />
      <TextInput
        label="Own words"
        description="With {code}, and {brand} if you like. Empty for Carillon’s, which speak the person’s language"
        maxLength={300}
        value={own}
        onChange={(event) => setOwn(event.currentTarget.value)}
      />
      <TextInput
        label="Your site"
        description="As example.com: browsers there fill the code in by themselves"
        value={webDomain}
        onChange={(event) => setWebDomain(event.currentTarget.value)}
      />
      <TextInput
        label="Your Android app’s hash"
        description="11 characters: the app reads the code by itself"
        maxLength={11}
        value={appHash}
        onChange={(event) => setAppHash(event.currentTarget.value)}
      />
      {channels.includes('whatsApp') && <CodeAppsFields apps={apps} onChange={setApps} />}
      <Group grow align="start">
        <NumberInput
          label="Minutes it lives"
          min={1}
          max={10}
          required
          value={minutes}
          onChange={setMinutes}
        />
        <NumberInput
          label="Digits"
          min={6}
          max={10}
          allowDecimal={false}
          required
          value={codeLength}
          onChange={setCodeLength}
        />
      </Group>
      <Group grow align="start">
        <NumberInput
          label="Most codes in an hour"
          min={1}
          max={1_000_000}
          allowDecimal={false}
          thousandSeparator=","
          required
          value={hourlyLimit}
          onChange={setHourlyLimit}
        />
        <NumberInput
          label="Most dollars in a day"
          min={0}
          max={1_000_000}
          prefix="$"
          thousandSeparator=","
          required
          value={dailyBudget}
          onChange={setDailyBudget}
        />
      </Group>
    </ActionForm>
  );
}
