import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** Android apps that a code on WhatsApp fills in by itself, at a press or none (Meta, authentication templates; as read 2026-11-28). */
export const codeApps = Type.Object({
  tap: Type.Enum(['oneTap', 'zeroTap'], {
    description: 'At a press on the button, or by itself as the message comes',
  }),
  apps: Type.Array(
    Type.Object({
      packageName: Type.String({
        pattern: '^[A-Za-z]\\w*(\\.[A-Za-z]\\w*)+$',
        maxLength: 224,
        description: 'As com.example.app',
      }),
      signatureHash: Type.String({
        pattern: '^[A-Za-z0-9+/]{11}$',
        description: 'Of 11 characters, of the key that the app is signed with',
      }),
    }),
    { minItems: 1, maxItems: 5 },
  ),
  autofillText: Type.Optional(
    Type.String({ minLength: 1, maxLength: 25, description: 'On the button; Meta’s own unless given' }),
  ),
  zeroTapTermsAccepted: Type.Optional(
    Type.Boolean({ description: 'That you accept Meta’s terms of zero-tap, which zeroTap needs' }),
  ),
});
export type CodeApps = Static<typeof codeApps>;

const check = Compile(codeApps);

/** Reads a profile's apps as they are kept; null where it has none. */
export function readCodeApps(stored: unknown): CodeApps | null {
  if (stored === null || stored === undefined) return null;
  if (check.Check(stored)) return stored;
  throw new Error('verification_profile.whatsapp_apps has a shape that this version does not know');
}

/** What is wrong with them; null where nothing is. */
export function faultOfCodeApps({ tap, zeroTapTermsAccepted = false }: CodeApps): string | null {
  return tap === 'zeroTap' && !zeroTapTermsAccepted
    ? 'zeroTapTermsAccepted is not true; accept Meta’s terms of zero-tap, or choose oneTap'
    : null;
}

/** What tells templates of different apps apart in their names: Meta's words hold them, so other apps are another template. */
export const marksOfApps = (apps: CodeApps | null): string =>
  apps === null ? '' : `_${createHash('sha256').update(JSON.stringify(apps)).digest('hex').slice(0, 8)}`;
