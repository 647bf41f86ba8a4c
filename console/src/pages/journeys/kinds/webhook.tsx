import {
  ActionIcon,
  Button,
  Group,
  PasswordInput,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconWebhook, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { NumberField } from '../../../shell/number-field.tsx';
import { randomKey } from '../../../words/random-key.ts';
import { isPart, type Part } from '../../segments/definition.ts';
import { JsonField } from '../fields/json-field.tsx';
import { PairsField } from '../fields/pairs-field.tsx';
import { withField } from '../fields/set-field.ts';
import type { TileFormProps, TileLook } from './tile-look.ts';

/** Calls an address of the company's. */
export const webhookLook: TileLook = {
  ...{
    kind: 'webhook',
    label: 'Webhook',
    hint: 'Call an address of yours, and keep parts of what it answers',
  },
  ...{ Icon: IconWebhook, colour: 'orange', base: 'call' },
  begin: { kind: 'webhook', url: 'https://' },
  wayWords: (_tile, name) => (name === 'next' ? 'Answered' : undefined),
  writes: ['method', 'url', 'headers', 'body', 'signingSecret', 'timeoutSeconds', 'tries', 'answer'],
  Form: WebhookForm,
};

function WebhookForm({ tile, onChange }: TileFormProps) {
  const answer = isPart(tile.answer) ? tile.answer : null;
  const secret = isPart(tile.signingSecret) ? tile.signingSecret : undefined;
  return (
    <Stack>
      <Select
        label="Method"
        allowDeselect={false}
        data={['POST', 'GET', 'PUT']}
        value={typeof tile.method === 'string' ? tile.method : 'POST'}
        onChange={(method) =>
          onChange(withField(tile, 'method', method === 'POST' ? undefined : (method ?? undefined)))
        }
      />
      <TextInput
        label="Address"
        description="After its host it may hold fields: https://crm.example/people/{{userId}}"
        maxLength={2_000}
        value={String(tile.url ?? '')}
        onChange={(event) => onChange({ ...tile, url: event.currentTarget.value }, 'url')}
      />
      <Headers
        headers={Array.isArray(tile.headers) ? tile.headers.filter(isPart) : []}
        onChange={(headers) =>
          onChange(withField(tile, 'headers', headers.length === 0 ? undefined : headers), 'headers')
        }
      />
      {tile.method !== 'GET' && (
        <JsonField
          label="Body"
          description="As JSON, whose texts may hold fields; who it is and what came with the entry where nothing is written"
          value={tile.body}
          isObject
          onChange={(body) => onChange(withField(tile, 'body', body), 'body')}
        />
      )}
      <SecretField
        label="Signing secret"
        description="By which the body is signed in X-Carillon-Signature; not signed where nothing is written"
        secret={secret}
        onChange={(signingSecret) =>
          onChange(withField(tile, 'signingSecret', signingSecret), 'signingSecret')
        }
      />
      <div className="condition-line">
        <NumberField
          label="Seconds for an answer"
          className="short-field"
          min={1}
          max={30}
          allowDecimal={false}
          value={Number(tile.timeoutSeconds ?? 10)}
          onChange={(timeoutSeconds) => onChange({ ...tile, timeoutSeconds }, 'timeoutSeconds')}
        />
        <NumberField
          label="Tries in all"
          className="short-field"
          min={1}
          max={5}
          allowDecimal={false}
          value={Number(tile.tries ?? 3)}
          onChange={(tries) => onChange({ ...tile, tries }, 'tries')}
        />
      </div>
      <Switch
        label="Keep parts of the answer"
        description="Splits see them as fields of the entry, messages as {{name.part}}"
        checked={answer !== null}
        onChange={(event) =>
          onChange(
            withField(tile, 'answer', event.currentTarget.checked ? { as: 'answer', keep: {} } : undefined),
          )
        }
      />
      {answer && (
        <>
          <TextInput
            label="Known as"
            maxLength={100}
            value={String(answer.as ?? '')}
            onChange={(event) =>
              onChange({ ...tile, answer: { ...answer, as: event.currentTarget.value } }, 'as')
            }
          />
          <PairsField
            label="Parts"
            description="The name under which each is kept, and where it stands in the answer"
            add="Keep a part"
            names={[]}
            values="path"
            pairs={isPart(answer.keep) ? answer.keep : {}}
            onChange={(keep) => onChange({ ...tile, answer: { ...answer, keep: keep ?? {} } }, 'keep')}
          />
        </>
      )}
    </Stack>
  );
}

/** A secret that is kept sealed: written anew, never shown. */
function SecretField({
  label,
  description,
  secret,
  onChange,
}: {
  label: string;
  description?: string;
  secret: Part | undefined;
  onChange: (secret: Part | undefined) => void;
}) {
  return (
    <PasswordInput
      label={label}
      description={description}
      placeholder={secret?.sealed === undefined ? undefined : 'Kept sealed; write to replace it'}
      autoComplete="off"
      value={typeof secret?.value === 'string' ? secret.value : ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        onChange(value === '' ? undefined : { value });
      }}
    />
  );
}

function Headers({ headers, onChange }: { headers: readonly Part[]; onChange: (headers: Part[]) => void }) {
  const [keys, setKeys] = useState<readonly string[]>(() => headers.map(randomKey));
  return (
    <Stack gap="xs" role="group" aria-label="Headers">
      <Text size="sm" fw={500}>
        Headers
      </Text>
      {headers.map((header, index) => (
        <Group key={keys[index] ?? index} wrap="nowrap" gap="xs" align="flex-end">
          <TextInput
            label="Header"
            flex={1}
            maxLength={200}
            value={String(header.name ?? '')}
            onChange={(event) =>
              onChange(headers.with(index, { ...header, name: event.currentTarget.value }))
            }
          />
          <div style={{ flex: 1 }}>
            <SecretField
              label="Value"
              secret={header}
              onChange={(secret) => onChange(headers.with(index, { name: header.name ?? '', ...secret }))}
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={`Remove the header ${String(header.name ?? '')}`}
            onClick={() => {
              setKeys(keys.toSpliced(index, 1));
              onChange(headers.toSpliced(index, 1));
            }}
          >
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            setKeys([...keys, randomKey()]);
            onChange([...headers, { name: '', value: '' }]);
          }}
        >
          Add a header
        </Button>
      </Group>
    </Stack>
  );
}
