import {
  Button,
  Checkbox,
  Fieldset,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Medium } from '../../api/media.ts';
import type { Sender } from '../../api/senders.ts';
import { countries } from '../../words/countries.ts';
import { randomKey } from '../../words/random-key.ts';
import { addressWords, kindsOf, kindWords, purposeChoices } from '../../words/sender-kinds.ts';
import { shortOptions } from '../../words/short-options.ts';
import { blankDraft, type SenderDraft } from './sender-drafts.ts';

/** Chooses senders among what a provider has, and adds others by hand. */
export function SenderChoice({
  drafts,
  media,
  country,
  onChange,
}: {
  drafts: readonly SenderDraft[];
  media: readonly Medium[];
  country: string;
  onChange: (drafts: SenderDraft[]) => void;
}) {
  const kinds = media.flatMap((medium) => kindsOf[medium]);
  const [first] = kinds;
  const change = (key: string, part: Partial<SenderDraft>) =>
    onChange(drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)));
  return (
    <Stack gap="sm">
      {drafts.map((draft, place) => (
        <DraftCard
          key={draft.key}
          draft={draft}
          title={draft.isFound ? draft.address : `Sender ${place + 1}`}
          kinds={kinds}
          onChange={(part) => change(draft.key, part)}
          onRemove={() => onChange(drafts.filter(({ key }) => key !== draft.key))}
        />
      ))}
      {first && (
        <Button
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => onChange([...drafts, blankDraft(randomKey(), first, country)])}
        >
          {first === 'email' ? 'Add an address' : 'Add one by hand'}
        </Button>
      )}
    </Stack>
  );
}

function DraftCard({
  draft,
  title,
  kinds,
  onChange,
  onRemove,
}: {
  draft: SenderDraft;
  title: string;
  kinds: Sender['kind'][];
  onChange: (part: Partial<SenderDraft>) => void;
  onRemove: () => void;
}) {
  return (
    <Fieldset legend={title} miw={0}>
      <Stack gap="sm">
        {draft.isFound ? (
          <Checkbox
            label={`Send from ${draft.address}`}
            description={[
              kindWords(draft.kind),
              draft.name === draft.address ? '' : draft.name,
              draft.notice ?? '',
            ]
              .filter(Boolean)
              .join(' · ')}
            checked={draft.isChosen}
            onChange={(event) => onChange({ isChosen: event.currentTarget.checked })}
          />
        ) : (
          <Group justify="flex-end">
            <Button size="xs" variant="default" aria-label={`Remove ${title}`} onClick={onRemove}>
              Remove
            </Button>
          </Group>
        )}
        {draft.isChosen && <DraftFields draft={draft} kinds={kinds} onChange={onChange} />}
      </Stack>
    </Fieldset>
  );
}

function DraftFields({
  draft,
  kinds,
  onChange,
}: {
  draft: SenderDraft;
  kinds: Sender['kind'][];
  onChange: (part: Partial<SenderDraft>) => void;
}) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {!draft.isFound && (
        <>
          {kinds.length > 1 && (
            <Select
              label="Kind"
              data={kinds.map((kind) => ({ value: kind, label: kindWords(kind) }))}
              allowDeselect={false}
              value={draft.kind}
              onChange={(value) => onChange({ kind: kinds.find((kind) => kind === value) ?? draft.kind })}
            />
          )}
          <TextInput
            label={addressWords[draft.kind]}
            required
            value={draft.address}
            onChange={(event) => onChange({ address: event.currentTarget.value })}
          />
          {draft.kind === 'whatsApp' && (
            <TextInput
              label="Phone number id"
              description="WhatsApp Manager → Phone numbers → the number"
              required
              value={draft.wireAddress}
              onChange={(event) => onChange({ wireAddress: event.currentTarget.value })}
            />
          )}
          {draft.kind === 'alphanumeric' && (
            <TextInput
              label="Registration"
              description="Its reference, where the country wants names registered"
              value={draft.registration}
              onChange={(event) => onChange({ registration: event.currentTarget.value })}
            />
          )}
        </>
      )}
      <TextInput
        label="Name"
        description="Seen by you only"
        maxLength={100}
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Select
        label="Purpose"
        description="One sender has one: codes never wait behind a campaign"
        data={purposeChoices}
        allowDeselect={false}
        value={draft.purpose}
        onChange={(value) =>
          onChange({ purpose: value === 'transactional' ? 'transactional' : 'promotional' })
        }
      />
      <Select
        label="Country"
        description="Whose number or name it is"
        data={countries}
        filter={shortOptions}
        searchable
        allowDeselect={false}
        value={draft.country}
        onChange={(value) => onChange({ country: value ?? draft.country })}
      />
      <NumberInput
        label="Pace, a second"
        description={paceWords(draft)}
        min={0.01}
        max={100_000}
        hideControls
        value={draft.mps}
        onChange={(value) => onChange({ mps: typeof value === 'number' ? value : '' })}
      />
    </SimpleGrid>
  );
}

/** Where the pace comes from that stands there. */
function paceWords({ usualMps, mpsSource, kind }: SenderDraft): string {
  if (usualMps === null) return `Empty for the usual of a ${kindWords(kind).toLowerCase()}`;
  return `Usual: ${usualMps} (${mpsSource}). Enter more only where your provider has granted it.`;
}
