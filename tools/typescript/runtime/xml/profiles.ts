import type { Profile } from '../core/facts.js';

/** What the XML Object of OpenAPI says. */
export const openapi: Profile = { nilPrefix: 'xsi', declaresNil: false, newline: '\n', empty: '/>', byDepth: false };

/** What .NET's DataContractSerializer writes. */
export const datacontract: Profile = { nilPrefix: 'i', declaresNil: true, newline: '\r\n', empty: ' />', byDepth: true };
