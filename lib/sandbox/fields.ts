// JSON of another program → an object with the fields we rely on. (zod would cost every command 170 ms to load.)

type Kind = 'string' | 'number' | 'boolean' | 'null' | 'numbers';

/** The object in the text, if each of its fields is of one of the kinds named for it; undefined for anything else. */
export function parseFields<Shape>(text: string, kinds: Record<keyof Shape, readonly Kind[]>): Shape | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return hasFields<Shape>(value, kinds) ? value : undefined;
  } catch {
    return undefined;
  }
}

function hasFields<Shape>(value: unknown, kinds: Record<keyof Shape, readonly Kind[]>): value is Shape {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.entries<readonly string[]>(kinds).every(([name, allowed]) =>
    allowed.includes(kindOf(fields.get(name))),
  );
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.every((item) => typeof item === 'number') ? 'numbers' : 'array';
  return typeof value;
}
