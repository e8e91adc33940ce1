// Written by bindwright from the API's document; changes belong there.

import { apiKey } from './runtime/index.js';

export const schemes = { apiKey: apiKey('header', 'Authorization') };
