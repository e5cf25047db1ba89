import type { ErrorObject } from 'ajv';
import type { Problem } from './schema.ts';
import { pointerTo } from './json-pointer.ts';
import { quote } from './quote.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const words = (value: unknown): string =>
  Array.isArray(value) ? value.map((word) => quote(String(word))).join(', ') : quote(String(value));

/** The values a tag may have, read from the branches of the union it belongs to. */
const tagValues = (schema: unknown, tag: string): string => {
  if (!isObject(schema) || !Array.isArray(schema['oneOf'])) return '';
  const values = schema['oneOf'].map((branch: unknown) => {
    const properties = isObject(branch) ? branch['properties'] : undefined;
    const property = isObject(properties) ? properties[tag] : undefined;
    return isObject(property) ? property['const'] : undefined;
  });
  return words(values);
};

const typeNames: Readonly<Record<string, string>> = {
  object: 'an object {…}',
  array: 'a list […]',
  string: 'text in double quotes',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** One ajv error (compiled with `verbose`, so that it carries its schema) as a problem that an author can mend. */
export const explainShapeError = (error: ErrorObject): Problem => {
  const params: Record<string, unknown> = error.params;
  const path = error.instancePath;
  const told = (text: string, more: Problem['params'] = {}, at = path): Problem => ({
    path: at,
    rule: 'shape',
    params: { keyword: error.keyword, ...more },
    text,
  });
  const limit = number(params['limit']);
  switch (error.keyword) {
    case 'required': {
      const name = String(params['missingProperty']);
      return told(`${quote(name)} is missing; add it`, { property: name });
    }
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const known =
        isObject(error.parentSchema) && isObject(error.parentSchema['properties'])
          ? Object.keys(error.parentSchema['properties'])
          : [];
      return told(
        `${quote(name)} is not known here; remove it or use one of ${words(known)}`,
        { property: name.slice(0, 64) },
        path + pointerTo(name),
      );
    }
    case 'type': {
      const type = String(params['type']);
      return told(`must be ${typeNames[type] ?? type}`, { type });
    }
    case 'enum':
      return told(`must be one of ${words(params['allowedValues'])}`);
    case 'const':
      return told(`must be ${words(params['allowedValue'])}`);
    case 'discriminator': {
      const tag = String(params['tag']);
      return told(
        `${quote(tag)} must be one of ${tagValues(error.parentSchema, tag)}`,
        { property: tag },
        path + pointerTo(tag),
      );
    }
    case 'pattern': {
      const meant = isObject(error.parentSchema) ? error.parentSchema['description'] : undefined;
      const pattern = String(params['pattern']);
      return told(
        `does not have the right form: ${typeof meant === 'string' ? `${meant} (${pattern})` : pattern}`,
        { pattern },
      );
    }
    case 'minLength':
      return told(limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`, { limit });
    case 'maxLength':
      return told(`is longer than ${limit} characters; shorten it`, { limit });
    case 'minItems':
      return told(`must have at least ${limit} ${limit === 1 ? 'entry' : 'entries'}`, { limit });
    case 'maxItems':
      return told(`has more than ${limit} entries; remove some`, { limit });
    case 'minProperties':
      return told(`must have at least ${limit} of its fields`, { limit });
    case 'uniqueItems': {
      const [first, second] = [number(params['i']), number(params['j'])]
        .toSorted((a, b) => a - b)
        .map((place) => place + 1);
      return told(`entries ${first} and ${second} are the same; remove one`);
    }
    case 'minimum':
      return told(`must be at least ${limit}`, { limit });
    case 'maximum':
      return told(`must be at most ${limit}`, { limit });
    case 'exclusiveMinimum':
      return told(`must be more than ${limit}`, { limit });
    default:
      return told(error.message ?? `breaks ${error.keyword}`);
  }
};
