/** What has to be forgotten between documents; who keeps something about a document adds to it. */
const endings: (() => void)[] = [];

export function betweenDocuments(forget: () => void): void {
  endings.push(forget);
}

export function beginDocument(): void {
  for (const forget of endings) forget();
}
