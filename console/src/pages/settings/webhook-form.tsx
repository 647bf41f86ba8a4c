import { PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type AuthType, changeWebhook, type Webhook } from '../../api/webhooks.ts';
import { ActionForm } from '../../shell/action-form.tsx';
import { SecretsAgain } from '../../shell/secrets-again.tsx';
import { useAction } from '../../shell/use-action.ts';
import { headersHint, headersOf } from '../../words/header-lines.ts';
import { isSamePlace } from '../../words/same-place.ts';

const authTypes: { value: AuthType; label: string }[] = [
  { value: 'NoAuth', label: 'None' },
  { value: 'Bearer', label: 'Bearer token' },
  { value: 'Basic', label: 'Basic' },
  { value: 'OAuth2', label: 'OAuth2' },
];

/** Changes a webhook. Led to another address, it asks for its token and its headers again. */
export function WebhookForm({ webhook, onDone }: { webhook: Webhook; onDone: () => void }) {
  const [endpoint, setEndpoint] = useState(webhook.endpoint);
  const [enabled, setEnabled] = useState(webhook.enabled);
  const [authType, setAuthType] = useState(webhook.authType);
  const [authToken, setAuthToken] = useState('');
  const [headers, setHeaders] = useState('');
  const names = webhook.customHeaders.map(({ name }) => name).join(', ');
  const isMoved = !isSamePlace(webhook.endpoint, endpoint);
  const asksToken = authType !== 'NoAuth' && (isMoved || !webhook.authTokenSet);
  const asks = isMoved && (webhook.authTokenSet || names !== '');
  const save = useAction(
    () =>
      changeWebhook(webhook.id, {
        endpoint: endpoint.trim(),
        ...{ enabled, authType },
        ...(authToken && { authToken }),
        ...((headers.trim() !== '' || (isMoved && names !== '')) && { customHeaders: headersOf(headers) }),
      }),
    {
      ...{ inPlace: true, done: 'The webhook is changed', refresh: [['webhooks']] },
      after: onDone,
    },
  );
  return (
    <ActionForm action={save} submit="Save webhook">
      <TextInput
        label="Endpoint"
        description="Where events are posted to"
        required
        type="url"
        autoComplete="off"
        value={endpoint}
        onChange={(event) => setEndpoint(event.currentTarget.value)}
      />
      {asks && <SecretsAgain>Enter its token and headers again, or leave them behind.</SecretsAgain>}
      <Select
        label="Authorization"
        data={authTypes}
        allowDeselect={false}
        value={authType}
        onChange={(value) => setAuthType(authTypes.find((each) => each.value === value)?.value ?? 'NoAuth')}
      />
      {authType !== 'NoAuth' && (
        <PasswordInput
          label="Token"
          description={asksToken ? 'Asked for with this endpoint' : 'Never shown; empty, it stays as it is'}
          required={asksToken}
          autoComplete="new-password"
          value={authToken}
          onChange={(event) => setAuthToken(event.currentTarget.value)}
        />
      )}
      <Textarea
        label="Headers of your own"
        description={headersHint(names, isMoved)}
        placeholder="X-Shop: harbor"
        autosize
        minRows={2}
        value={headers}
        onChange={(event) => setHeaders(event.currentTarget.value)}
      />
      <Switch
        label="Posts events"
        description="Off, what waits to be posted is dropped"
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
    </ActionForm>
  );
}
