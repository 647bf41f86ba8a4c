/** Values of fields by their paths, `address.city`; those that are not there are left out. */
export function valuesOfFields(
  paths: readonly string[],
  data: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const path of paths) {
    const value = path.split('.').reduce<unknown>(stepInto, data);
    if (value !== undefined && value !== null) values[path] = value;
  }
  return values;
}

function stepInto(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
