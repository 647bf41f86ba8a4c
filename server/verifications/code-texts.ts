import { canonicalLocale, chooseLocale } from '../content/locales.ts';
import { countSegments } from '../content/segments/count-segments.ts';
import { hiddenCode } from '../delivery/one-time-code.ts';

/**
 * What a code's message says, by language (ISO 639-1). The code comes first, so that it is seen in a notification; all but those in other scripts are
 * of the letters of GSM-7, so that they are one segment.
 */
const texts: Readonly<Record<string, string>> = {
  en: '{code} is your {brand} code. Do not share it with anyone.',
  es: '{code} es tu código de {brand}. No lo compartas con nadie.',
  fr: '{code} est votre code {brand}. Ne le partagez avec personne.',
  de: '{code} ist Ihr Code für {brand}. Geben Sie ihn niemandem weiter.',
  it: '{code} è il tuo codice {brand}. Non condividerlo con nessuno.',
  pt: '{code} e o seu codigo {brand}. Nao o partilhe com ninguem.',
  nl: '{code} is je code voor {brand}. Deel deze met niemand.',
  pl: '{code} to Twoj kod {brand}. Nie podawaj go nikomu.',
  sv: '{code} är din kod för {brand}. Dela den inte med någon.',
  da: '{code} er din kode til {brand}. Del den ikke med nogen.',
  nb: '{code} er koden din for {brand}. Ikke del den med noen.',
  fi: '{code} on {brand}-koodisi. Älä anna sitä kenellekään.',
  tr: '{code}, {brand} kodunuz. Kimseyle paylasmayin.',
  cs: '{code} je vas kod pro {brand}. Nikomu ho nesdelujte.',
  el: '{code}: ο κωδικός σας για {brand}. Μην τον δώσετε σε κανέναν.',
  ru: '{code} — ваш код {brand}. Никому его не сообщайте.',
  uk: '{code} — ваш код {brand}. Нікому його не повідомляйте.',
  ar: '{code} هو رمز {brand} الخاص بك. لا تشاركه مع أحد.',
  he: '{code} הוא הקוד שלך ל-{brand}. אין לשתף אותו.',
  hi: '{code} आपका {brand} कोड है। इसे किसी को न बताएं।',
  id: '{code} adalah kode {brand} Anda. Jangan berikan kepada siapa pun.',
  ja: '{brand}の認証コードは{code}です。誰にも教えないでください。',
  ko: '{code}는 {brand} 인증번호입니다. 다른 사람에게 알려주지 마세요.',
  zh: '{code} 是您的{brand}验证码。请勿告诉任何人。',
  vi: '{code} la ma {brand} cua ban. Khong chia se ma nay voi bat ky ai.',
  th: '{code} คือรหัส {brand} ของคุณ อย่าบอกรหัสนี้กับใคร',
};

/** Languages that a code's message speaks by itself. */
export const codeLanguages: readonly string[] = Object.keys(texts);

/** How a project wants its codes told. */
export interface CodeWording {
  brand: string;
  texts: Readonly<Record<string, string>>;
  codeLength: number;
  webDomain: string | null;
  appHash: string | null;
}

/**
 * A code's text with the code hidden. After the words stand, each on a line of its own, what an Android app knows its messages by (SMS Retriever: the
 * hash of the app) and what lets a browser fill in the code on the site (origin-bound one-time codes: `@domain #code`, which must be last).
 */
export function codeText(
  wording: CodeWording,
  locale: string | undefined,
): { body: string; segments: number } {
  const code = hiddenCode(wording.codeLength);
  const words = textFor(wording.texts, locale)
    .replaceAll('{code}', code)
    .replaceAll('{brand}', wording.brand);
  const lines = [
    words,
    ...(wording.appHash === null ? [] : [wording.appHash]),
    ...(wording.webDomain === null ? [] : [`@${wording.webDomain} #${code}`]),
  ];
  const body = lines.join('\n');
  // On the wire digits stand for the signs that hide them.
  const { segments } = countSegments(body.replaceAll(code, '0'.repeat(wording.codeLength)));
  return { body, segments };
}

/** The project's own text in a language, its text in any (`*`), the program's in the language, or the program's English. */
function textFor(own: Readonly<Record<string, string>>, locale: string | undefined): string {
  const wanted = locale === undefined ? null : canonicalLocale(locale);
  const among = (all: Readonly<Record<string, string>>) => {
    const chosen = chooseLocale(wanted, { locales: Object.keys(all), default: null });
    return chosen === null ? undefined : all[chosen];
  };
  return among(own) ?? own['*'] ?? among(texts) ?? texts.en ?? '';
}

/** What is wrong with a project's own text; null for nothing. */
export function faultOfText(text: string): string | null {
  if (!text.includes('{code}')) return 'has no {code}, where the code is to stand';
  const other = /\{(?!code\}|brand\})/.exec(text);
  if (other) return 'may name {code} and {brand} only';
  if (text.includes('•'))
    return 'may not hold the sign •, which hides the code wherever the message is shown';
  if (/[\r\n]\s*@/.test(text)) return 'may not begin a line with @: set webDomain, which writes that line';
  return null;
}
