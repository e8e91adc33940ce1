import type { Scheme, Writer } from './model.js';
import { addCookies, addQuery, percent } from './scalar.js';

/** Alternatives of schemes, by name: the credentials of the first one that all are there for are sent. */
// @__NO_SIDE_EFFECTS__
export function needs(alternatives: readonly (readonly string[])[]): Writer {
  return async (draft, _, { credentials = {}, schemes = {} }) => {
    for (const name of alternatives.find((names) => names.every((scheme) => Object.hasOwn(credentials, scheme))) ?? []) {
      const credential = credentials[name];
      schemes[name]?.(draft, typeof credential === 'function' ? await credential() : (credential as string));
    }
  };
}

/** A key in a header, the query or a cookie. */
// @__NO_SIDE_EFFECTS__
export function apiKey(location: string, name: string): Scheme {
  return (draft, credential) => {
    if (location === 'query') addQuery(draft, [`${percent(name)}=${percent(credential)}`]);
    else if (location === 'cookie') addCookies(draft, [`${name}=${credential}`]);
    else draft.headers.set(name, credential);
  };
}

/** User and password (RFC 7617): `user:password`. */
// @__NO_SIDE_EFFECTS__
export function basic(_: object = {}): Scheme {
  return (draft, credential) => draft.headers.set('authorization', `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(credential)))}`);
}

/** A token (RFC 6750). */
// @__NO_SIDE_EFFECTS__
export function bearer(_: object = {}): Scheme {
  return (draft, credential) => draft.headers.set('authorization', `Bearer ${credential}`);
}

/** A certificate, which `fetch` has. */
// @__NO_SIDE_EFFECTS__
export function mutualTls(_: object = {}): Scheme {
  return () => undefined;
}
