import { createHash, createHmac } from 'node:crypto';
import type Handlebars from 'handlebars';
import { budgetOf, HelperFault, isBlock, spend, split, type TemplateHelper } from './helper.ts';
import { text } from './values.ts';

type Encode = (value: string, options: Handlebars.HelperOptions) => string;

/** A code of a value, of several as one, or of what stands in a block. */
const encoding = (encode: Encode, most = 1): TemplateHelper => ({
  inline: [1, most],
  block: [0, 0],
  needs: 'all',
  encodes: true,
  effort: 200,
  run(this: unknown, ...given: unknown[]) {
    const { args, options } = split(given);
    const value = isBlock(options) ? text(options.fn(this)) : args.map(text).join('');
    if (isBlock(options)) spend(budgetOf(options), value.length);
    return encode(value, options);
  },
});

/** Java's URLEncoder, which Iterable's helpers use: a space is a plus sign. */
const urlEncode = (value: string): string =>
  encodeURIComponent(value.toWellFormed())
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const hash =
  (algorithm: string): Encode =>
  (value) =>
    createHash(algorithm).update(value, 'utf8').digest('hex');

const hmac =
  (algorithm: string): Encode =>
  (value, options) => {
    const { hmacSecret } = budgetOf(options);
    if (hmacSecret === null)
      throw new HelperFault('hmac: the project has no key for it; set templateSecret by PATCH /api/project');
    return createHmac(algorithm, hmacSecret).update(value, 'utf8').digest('hex');
  };

/** JSON of a value; a field that is missing prints nothing. */
const json = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));

/** Hashes and encodings. */
export const encodingHelpers: Readonly<Record<string, TemplateHelper>> = {
  base64: encoding((value) => Buffer.from(value, 'utf8').toString('base64')),
  urlEncode: encoding(urlEncode),
  hexEncode: encoding((value) => Buffer.from(value, 'utf8').toString('hex')),
  md5: encoding(hash('md5')),
  sha1: encoding(hash('sha1')),
  sha256: encoding(hash('sha256')),
  hmacSHA1: encoding(hmac('sha1'), 10),
  hmacSHA256: encoding(hmac('sha256'), 10),
  toJson: { inline: [1, 1], needs: 'none', run: json },
  toUrlEncodedJson: { inline: [1, 1], needs: 'none', run: (value: unknown) => urlEncode(json(value)) },
};
