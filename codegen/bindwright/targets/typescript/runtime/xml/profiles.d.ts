import type { Profile } from '../core/facts.js';
/** What the XML Object of OpenAPI says. */
export declare const openapi: Profile;
/** What .NET's DataContractSerializer writes. */
export declare const datacontract: Profile;
