// Written by bindwright from the API's document; changes belong there.

export { plainXmlAnswers as xmlAnswers } from './runtime/index.js';
export * from './models/index.js';
export * from './operations/index.js';
export * from './runtime/index.js';
