/** What the XML Object of OpenAPI says. */
export const openapi = { byDepth: false };
/** What .NET's DataContractSerializer writes. */
export const datacontract = { byDepth: true };
