/**
 * An operation that is at a server of its own. It is called there by clients at one of the `usual` addresses, those of the
 * document, or at none (`connect('')`); whoever gives another address has all operations at that.
 */
// @__NO_SIDE_EFFECTS__
export function atServer(one, url, usual = []) {
    const moved = (client) => client.base === '' || usual.includes(client.base) ? { ...client, base: new URL(url, client.base === '' ? undefined : `${client.base}/`).href.replace(/\/+$/, '') } : client;
    const call = (client, args, options) => one(moved(client), args, options);
    const raw = (client, args, options) => one.raw(moved(client), args, options);
    return Object.assign(call, { raw });
}
