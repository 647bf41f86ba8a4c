import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import type { VerificationProfile } from '../../api/verifications.ts';

type Apps = NonNullable<VerificationProfile['whatsAppApps']>;

/** How a code on WhatsApp gets into an Android app, as it is being written. */
export interface WrittenApps {
  tap: 'copy' | Apps['tap'];
  /** An app a line: its package name and the hash of its signature. */
  lines: string;
  autofillText: string;
  isAccepted: boolean;
}

/** As the form begins. */
export const writtenApps = (apps: VerificationProfile['whatsAppApps']): WrittenApps => ({
  tap: apps?.tap ?? 'copy',
  lines: (apps?.apps ?? [])
    .map(({ packageName, signatureHash }) => `${packageName} ${signatureHash}`)
    .join('\n'),
  autofillText: apps?.autofillText ?? '',
  isAccepted: apps?.zeroTapTermsAccepted ?? false,
});

/** As the call takes it; the server tells what is wrong with a line. */
export function readApps({ tap, lines, autofillText, isAccepted }: WrittenApps): Apps | null {
  if (tap === 'copy') return null;
  const apps = lines.split('\n').flatMap((line) => {
    const [packageName = '', signatureHash = ''] = line.trim().split(/[\s,;]+/);
    return packageName === '' ? [] : [{ packageName, signatureHash }];
  });
  return {
    ...{ tap, apps },
    ...(autofillText.trim() === '' ? {} : { autofillText: autofillText.trim() }),
    ...(tap === 'zeroTap' ? { zeroTapTermsAccepted: isAccepted } : {}),
  };
}

/** How a code on WhatsApp gets into the app. */
export function CodeAppsFields({
  apps,
  onChange,
}: {
  apps: WrittenApps;
  onChange: (apps: WrittenApps) => void;
}) {
  const change = (next: Partial<WrittenApps>) => onChange({ ...apps, ...next });
  return (
    <>
      <Select
        label="On WhatsApp the code is"
        description="Your Android app can take it over; elsewhere people copy it"
        allowDeselect={false}
        data={[
          { value: 'copy', label: 'Copied by hand' },
          { value: 'oneTap', label: 'Filled in at a press (one-tap)' },
          { value: 'zeroTap', label: 'Filled in by itself (zero-tap)' },
        ]}
        value={apps.tap}
        onChange={(tap) => change({ tap: tap ?? apps.tap })}
      />
      {apps.tap !== 'copy' && (
        <>
          <Textarea
            label="Your Android apps"
            description="One a line: package name and signature hash, as com.example.app FA+9qCX9VSu"
            required
            autosize
            minRows={1}
            value={apps.lines}
            onChange={(event) => change({ lines: event.currentTarget.value })}
          />
          <TextInput
            label="Words on the button"
            description="Empty for Meta’s own"
            maxLength={25}
            value={apps.autofillText}
            onChange={(event) => change({ autofillText: event.currentTarget.value })}
          />
        </>
      )}
      {apps.tap === 'zeroTap' && (
        <Checkbox
          label="I accept Meta’s terms of zero-tap codes"
          description="People must expect that the app fills the code in for them"
          required
          checked={apps.isAccepted}
          onChange={(event) => change({ isAccepted: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
