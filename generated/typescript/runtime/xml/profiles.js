/** What the XML Object of OpenAPI says. */
export const openapi = { nilPrefix: 'xsi', declaresNil: false, newline: '\n', empty: '/>', byDepth: false };
/** What .NET's DataContractSerializer writes. */
export const datacontract = { nilPrefix: 'i', declaresNil: true, newline: '\r\n', empty: ' />', byDepth: true };
