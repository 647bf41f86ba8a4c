import { catalogHelpers } from './catalogs.ts';
import { conditionHelpers } from './conditions.ts';
import { controlHelpers } from './control.ts';
import { couponHelpers } from './coupon.ts';
import { dateHelpers } from './dates.ts';
import { encodingHelpers } from './encodings.ts';
import type { TemplateHelper } from './helper.ts';
import { listHelpers } from './lists.ts';
import { metadataHelpers } from './metadata.ts';
import { numberHelpers } from './numbers.ts';
import { stringHelpers } from './strings.ts';

/** Blocks of what is looked up: they are told whether they name it, and have an else. */
export const lookupBlocks: ReadonlySet<string> = new Set([
  ...Object.keys(metadataHelpers),
  ...Object.keys(catalogHelpers),
]);

/** Every helper a template may call. All else is refused when the template is compiled. */
export const templateHelpers: Readonly<Record<string, TemplateHelper>> = {
  ...conditionHelpers,
  ...listHelpers,
  ...stringHelpers,
  ...numberHelpers,
  ...dateHelpers,
  ...encodingHelpers,
  ...controlHelpers,
  ...metadataHelpers,
  ...couponHelpers,
  ...catalogHelpers,
};
