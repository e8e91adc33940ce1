// Written by bindwright from the API's document; changes belong there.

import { apiKey, type Scheme } from './runtime/index.js';

export const schemes: { readonly [name: string]: Scheme } = { apiKey: apiKey('header', 'Authorization') };
