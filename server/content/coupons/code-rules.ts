import { counted } from '../rendering/render-limits.ts';

/** Characters a code may have. */
const longestCode = 64;

/** How Excel, LibreOffice and Google write a long number in a CSV: one digit, a sign, two digits or three; a code may well be 48E93021. */
const spreadsheetNumber = /^[+-]?\d(?:[.,]\d+)?E[+-]\d{2,3}$/i;

/** Why a text can be no code, in words with the remedy; null for one that can. Pure. */
export function codeFault(code: string): string | null {
  if (code === '') return 'is empty';
  if (spreadsheetNumber.test(code))
    return `“${code}” is what a spreadsheet makes of a long number; format the column as text, put the codes in again from where they came, and save it anew`;
  if (code.length > longestCode)
    return `has ${counted(code.length)} characters; a code may have ${longestCode}`;
  if (/\s/.test(code)) return `“${code}” has a blank in it; a code is one word`;
  const foreign = /[^!-~]/u.exec(code)?.[0];
  if (foreign !== undefined)
    return `“${code}” holds ${JSON.stringify(foreign)}; a code may have letters from A to Z, digits and the signs of ASCII`;
  return null;
}

/** What two codes have in common that differ in case only. */
export const foldedCode = (code: string): string => code.toLowerCase();

/** Whether WhatsApp's button takes it as far as its characters go. */
export const isAlphanumeric = (code: string): boolean => /^[A-Za-z0-9]*$/.test(code);

/** How the column of codes is called. */
const headers =
  /^(?:(?:unique|promo|promotion|coupon|discount|voucher|offer|gutschein|rabatt)?[ _-]*codes?|coupons?|vouchers?|promos?|gutscheine?|código|codigo)$/i;

/** Whether a cell names the column of codes rather than being one. */
export const isCodeHeader = (cell: string): boolean => headers.test(cell.trim());

/** A text in place of a code, as long as the pool's longest, for who only looks. */
export function specimenCode({ longest }: { longest: number }): string {
  return 'SAMPLE'.padEnd(longest === 0 ? 8 : longest, 'X').slice(0, longest === 0 ? 8 : longest);
}
