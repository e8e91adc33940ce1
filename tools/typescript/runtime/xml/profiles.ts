import type { Profile } from '../core/facts.js';

/** What the XML Object of OpenAPI says. */
export const openapi: Profile = { byDepth: false };

/** What .NET's DataContractSerializer writes. */
export const datacontract: Profile = { byDepth: true };
