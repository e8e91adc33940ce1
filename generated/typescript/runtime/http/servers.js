/** An address with its variables filled in. Characters that no URL has are encoded. */
export function filled(address, variables = {}) {
    const [template = '', defaults = {}] = typeof address === 'string' ? [address] : address;
    const value = (whole, name) => encodeURI(variables[name] ?? defaults[name] ?? whole).replace(/%25([\da-f]{2})/gi, '%$1');
    return template.replace(/\{([^{}]+)\}/g, value).replace(/(?<=.)\/+$/, '');
}
/**
 * An operation that is at a server of its own. It is called there by clients at one of the `usual` addresses, those of the
 * document, or at none (`connect('')`); whoever gives another address has all operations at that.
 */
// @__NO_SIDE_EFFECTS__
export function atServer(operation, address, usual = []) {
    const moved = (client) => {
        const { base, serverVariables } = client;
        if (base !== '' && !usual.some((other) => filled(other, serverVariables) === base))
            return client;
        return { ...client, base: new URL(filled(address, serverVariables), base === '' ? undefined : `${base}/`).href.replace(/\/+$/, '') };
    };
    const call = (client, args, options) => operation(moved(client), args, options);
    const raw = (client, args, options) => operation.raw(moved(client), args, options);
    return Object.assign(call, { raw });
}
