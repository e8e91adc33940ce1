// Written by bindwright from the API's document; changes belong there.

import type { Scheme } from './runtime/index.js';

export declare const schemes: { readonly [name: string]: Scheme };
