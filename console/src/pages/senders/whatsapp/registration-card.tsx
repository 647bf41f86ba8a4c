import { Card, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import {
  deregisterNumber,
  registerNumber,
  requestNumberCode,
  verifyNumberCode,
} from '../../../api/whatsapp-numbers.ts';
import { BusyButton } from '../../../shell/busy-button.tsx';
import { ConfirmButton } from '../../../shell/confirm-button.tsx';
import { HandsetLink } from '../../../shell/handset-link.tsx';
import { Problem } from '../../../shell/problem.tsx';
import { useAction } from '../../../shell/use-action.ts';
import type { NumberCard } from './number-card.ts';

/** Proves that a number is one's own, and registers it, after which it may send. */
export function RegistrationCard({ sender, number, onChanged }: NumberCard) {
  const { isRegistered, isVerified } = number;
  return (
    <Card component="section" aria-labelledby="registration">
      <Title order={2} id="registration" mb="sm">
        Registration
      </Title>
      <Stack>
        <Text size="sm">{stateWords(isRegistered, isVerified)}</Text>
        {!isVerified && <Verify sender={sender} number={number} onChanged={onChanged} />}
        <Register sender={sender} number={number} onChanged={onChanged} />
        {isRegistered && <Deregister sender={sender} number={number} onChanged={onChanged} />}
      </Stack>
    </Card>
  );
}

function stateWords(isRegistered: boolean, isVerified: boolean): string {
  if (!isVerified) return 'Meta does not know yet that the number is yours: first a code, then the PIN.';
  if (!isRegistered) return 'The number is yours, but not registered: nothing can be sent from it yet.';
  return 'Registered: it may send. After a change of the display name it is registered again.';
}

function Verify({ sender, onChanged }: NumberCard) {
  const [code, setCode] = useState('');
  const ask = useAction((method: 'SMS' | 'VOICE') => requestNumberCode(sender.id, method), {
    ...{ inPlace: true, done: `A code is on its way to ${sender.address}`, after: onChanged },
  });
  const verify = useAction(() => verifyNumberCode(sender.id, code.trim()), {
    ...{ inPlace: true, done: 'Meta knows now that the number is yours', after: onChanged },
  });
  const error = verify.error ?? ask.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        verify.act();
      }}
    >
      <Stack gap="sm">
        <Group>
          <BusyButton variant="default" busy={ask.isBusy} onClick={() => ask.act('SMS')}>
            Text a code to it
          </BusyButton>
          <BusyButton variant="default" busy={ask.isBusy} onClick={() => ask.act('VOICE')}>
            Call it with a code
          </BusyButton>
          <HandsetLink number={sender.address} />
        </Group>
        <Group align="flex-end">
          <TextInput
            label="The code that came"
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <BusyButton type="submit" busy={verify.isBusy}>
            Verify
          </BusyButton>
        </Group>
        {error && <Problem error={error} />}
      </Stack>
    </form>
  );
}

function Register({ sender, number: { isRegistered, isPinSet }, onChanged }: NumberCard) {
  const [pin, setPin] = useState('');
  const register = useAction(() => registerNumber(sender.id, pin), {
    ...{ inPlace: true, done: `${sender.address} is registered` },
    after: (changed) => {
      setPin('');
      onChanged(changed);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        register.act();
      }}
    >
      <Stack gap="sm">
        <Group align="flex-end">
          <PasswordInput
            label="PIN"
            description={
              isPinSet
                ? 'The six digits that the number has'
                : 'Six digits of your choice; keep them well, they are asked for when it is registered again'
            }
            required
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            miw={220}
            value={pin}
            onChange={(event) => setPin(event.currentTarget.value)}
          />
          <BusyButton type="submit" variant={isRegistered ? 'default' : 'filled'} busy={register.isBusy}>
            {isRegistered ? 'Register again' : 'Register'}
          </BusyButton>
        </Group>
        {register.error && <Problem error={register.error} />}
      </Stack>
    </form>
  );
}

function Deregister({ sender, onChanged }: NumberCard) {
  const deregister = useAction(() => deregisterNumber(sender.id), {
    ...{ done: `${sender.address} is taken off`, after: onChanged },
  });
  return (
    <ConfirmButton
      label="Take it off"
      size="xs"
      variant="default"
      w="fit-content"
      question={`Take ${sender.address} off?`}
      confirm="Take it off"
      danger
      busy={deregister.isBusy}
      onConfirm={() => deregister.act()}
    >
      Nothing can be sent from it until it is registered again with its PIN; what waits then fails. It is
      needed before the number moves to another provider or back to the WhatsApp app.
    </ConfirmButton>
  );
}
