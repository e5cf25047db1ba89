/** An error that the client receives: MongoDB's code and name, so that drivers react as they do to MongoDB. */
import type { Doc } from './decode-bson.ts';

const names: Readonly<Record<number, string>> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  11: 'UserNotFound',
  14: 'TypeMismatch',
  15: 'Overflow',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  46: 'LockBusy',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  96: 'OperationFailed',
  100: 'UnsatisfiableWriteConcern',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  171: 'CannotIndexParallelArrays',
  197: 'InvalidIndexSpecificationOption',
  225: 'TransactionTooOld',
  251: 'NoSuchTransaction',
  263: 'OperationNotSupportedInTransaction',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
};

export class CommandError extends Error {
  readonly code: number;
  /** further fields of the reply, such as keyPattern and keyValue of a duplicate */
  readonly extra: Doc;
  readonly labels: readonly string[];

  constructor(code: number, message: string, o: { extra?: Doc; labels?: readonly string[] } = {}) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.extra = o.extra ?? {};
    this.labels = o.labels ?? [];
  }
}

export function codeNameOf(code: number): string {
  return names[code] ?? `Location${code}`;
}

/** The reply document of a command that failed as a whole. A fault that is not ours to name is an InternalError, never a silence. */
export function errorReply(e: unknown): Doc {
  const error = toCommandError(e);
  return {
    ok: 0,
    errmsg: error.message,
    code: error.code,
    codeName: codeNameOf(error.code),
    ...error.extra,
    ...(error.labels.length > 0 ? { errorLabels: [...error.labels] } : {}),
  };
}

/** One entry of writeErrors: a statement of a bulk that failed while others may have succeeded. */
export function writeErrorEntry(e: unknown, index: number): Doc {
  const error = toCommandError(e);
  return { index, code: error.code, errmsg: error.message, ...error.extra };
}

export function toCommandError(e: unknown): CommandError {
  if (e instanceof CommandError) return e;
  if (e instanceof RangeError && /call stack/i.test(e.message))
    return new CommandError(15, 'nested too deeply');
  return new CommandError(1, e instanceof Error ? e.message : 'unknown fault');
}
