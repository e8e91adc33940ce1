/** What has to be forgotten between documents; who keeps something about a document adds to it. */
const endings = [];
export function betweenDocuments(forget) {
    endings.push(forget);
}
export function beginDocument() {
    for (const forget of endings)
        forget();
}
