// Written by bindwright from the API's document; changes belong there.

export * from './models/index.js';
export * from './operations/index.js';
export * from './runtime/index.js';
