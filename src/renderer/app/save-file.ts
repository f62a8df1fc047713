/** Hands a text to whoever saves files for this page, as a download; nothing of it is loaded or run. */
export function saveFile(name: string, text: string): void {
  const type = name.endsWith('.json')
    ? 'application/json'
    : `text/${name.endsWith('.html') ? 'html' : 'csv'};charset=utf-8`;
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken its own hold on the data by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
