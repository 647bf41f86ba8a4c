import { itemSource } from '../content/catalogs/item-source.ts';
import type { LookupSource } from '../content/lookups/lookup.ts';
import { metadataSource } from '../content/metadata/metadata-source.ts';
import { collectionSource } from '../segments/collections/collection-source.ts';

/** Where what templates look up is read from, of every capability. */
export const lookupSources: readonly LookupSource[] = [metadataSource, itemSource, collectionSource];
