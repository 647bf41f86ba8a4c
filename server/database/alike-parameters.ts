/** More parameters than most statements have by far; the protocol counts up to 65,535. */
const many = 20_000;
/** A parameter, and what it is cast to where that is said. */
const parameter = /\$(\d+)(::[a-z]+(?: precision)?(?:\[\])?)?/g;

/**
 * A statement of very many parameters with those alike given once: the same value under the same cast. Definitions of segments are put together of
 * parts that say the same things, as the instant that counts as now, again and again. Pure.
 */
export function withAlikeOnce(
  text: string,
  parameters: readonly unknown[],
): { text: string; parameters: readonly unknown[] } {
  if (parameters.length <= many) return { text, parameters };
  const kept: unknown[] = [];
  const placesByCast = new Map<string, Map<unknown, number>>();
  const keep = (value: unknown) => kept.push(value);
  const shortened = text.replaceAll(parameter, (_, number: string, cast: string | undefined) => {
    const value = parameters[Number(number) - 1];
    // What is not cast has its type from what is around it.
    if (cast === undefined) return `$${keep(value)}`;
    const places = placesByCast.get(cast) ?? new Map<unknown, number>();
    placesByCast.set(cast, places);
    const place = places.get(value) ?? keep(value);
    places.set(value, place);
    return `$${place}${cast}`;
  });
  return { text: shortened, parameters: kept };
}
