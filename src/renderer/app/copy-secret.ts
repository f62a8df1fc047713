const HELD_MS = 30_000;

/** Whether the clipboard has been overwritten since. Unknown where reading it is not allowed, as in the desktop window: then it is emptied. */
async function holdsOther(text: string): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName });
    // Never asked for: a question for the right to read, out of the blue, would be worse than an emptied clipboard.
    return state === 'granted' && (await navigator.clipboard.readText()) !== text;
  } catch {
    return false;
  }
}

/** Puts a secret on the clipboard and takes it back half a minute later, or as soon as the window has the focus again: before that it may not. */
export async function copySecret(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  const clear = async (): Promise<void> => {
    if (!document.hasFocus()) {
      window.addEventListener('focus', () => void clear(), { once: true });
      return;
    }
    if (!(await holdsOther(text))) await navigator.clipboard.writeText('');
  };
  setTimeout(() => void clear(), HELD_MS);
}
