/** What is wrong with a document or a value, and where: `path` is a JSON pointer to it. */
export class DataError extends Error {
  override readonly name = 'DataError';
  path = '';
  declare readonly why: string;
  constructor(why: string) {
    super(why);
    this.why = why;
  }
}

/** Refuse a document or a value. */
export function fail(why: string): never {
  throw new DataError(why);
}

/** What is thrown instead of an error of the engine: it refuses octets that are no UTF-8, texts that are no JSON, and values too deep within each other for its stack. */
export function refused(error: unknown): DataError {
  return error instanceof DataError ? error : new DataError(`${error}`);
}

/** The error with one more step of the path before those that it has. */
export function within(error: unknown, step: string | number): unknown {
  if (error instanceof DataError) {
    error.path = `/${`${step}`.replaceAll('~', '~0').replaceAll('/', '~1')}${error.path}`;
    error.message = `${error.why} at ${error.path}`;
  }
  return error;
}
