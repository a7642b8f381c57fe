/** Finds the schema that holds at a place of a raw tree, and the keys that it knows. */
import { z } from 'zod';
import { isLawName, LAWS } from './law-fields.js';
import { childOf, type PathStep, type RawNode } from './raw.js';

type Path = readonly PathStep[];

/** The schema of the node at this path; of kinds that a key tells apart, that of the node's kind. */
export function schemaAt(schema: z.ZodType, root: RawNode, path: Path): z.ZodType | undefined {
  const last = path.reduce<RawNode | undefined>(childOf, root);
  const at = ofKind(schemaOf(schema, root, path), last);
  return at instanceof z.ZodType ? at : undefined;
}

/** The kinds that may stand at this path, if a key tells them apart. */
export function kindsAt(schema: z.ZodType, root: RawNode, path: Path): string[] | undefined {
  const at = schemaOf(schema, root, path);
  return at instanceof z.ZodDiscriminatedUnion ? kinds(at).map(([kind]) => kind) : undefined;
}

/** The keys that may stand in this map: those of the schema, or of the distribution that the map names. */
export function knownKeys(schema: z.ZodType | undefined, map: RawNode): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  const law = childOf(map, 'distribution');
  const name = law?.kind === 'scalar' ? law.value : undefined;
  return isLawName(name)
    ? ['distribution', ...Object.keys(LAWS[name].fields), 'level']
    : ['value', 'level'];
}

function schemaOf(schema: z.ZodType, root: RawNode, path: Path): unknown {
  let node: RawNode | undefined = root;
  let at: unknown = unwrapped(schema);
  for (const step of path) {
    at = ofKind(at, node);
    if (at instanceof z.ZodObject) at = at.shape[String(step)];
    else if (at instanceof z.ZodRecord) at = at.valueType;
    else if (at instanceof z.ZodArray) at = at.element;
    else return undefined;
    node = childOf(node, step);
    at = unwrapped(at);
  }
  return at;
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? schema.unwrap() : schema;
}

function ofKind(schema: unknown, node: RawNode | undefined): unknown {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const key = childOf(node, schema.def.discriminator);
  const name = key?.kind === 'scalar' ? key.value : undefined;
  return kinds(schema).find(([kind]) => kind === name)?.[1];
}

function kinds(union: z.ZodDiscriminatedUnion): [string, z.ZodObject][] {
  return union.options.flatMap((option) => {
    if (!(option instanceof z.ZodObject)) return [];
    const kind: unknown = option.shape[union.def.discriminator];
    const names = kind instanceof z.ZodLiteral ? [...kind.values].map(String) : [];
    return names.map((name): [string, z.ZodObject] => [name, option]);
  });
}
