type Listener = (...args: never[]) => void;

const emitter = () => {
  const listeners = new Map<string, Listener[]>();
  return {
    on(name: string, listener: Listener): void {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
    /** Calls every listener of `name`; answers how many there were. */
    emit(name: string, ...args: unknown[]): number {
      for (const listener of listeners.get(name) ?? []) (listener as (...all: unknown[]) => void)(...args);
      return listeners.get(name)?.length ?? 0;
    },
    names: (): readonly string[] => [...listeners.keys()],
  };
};

/** The parts of Electron that the hardening touches, which remember what they were told. */
export const createFakeElectron = () => {
  const handlers: Record<string, (...args: unknown[]) => unknown> = {};
  const keep =
    (name: string) =>
    (handler: (...args: unknown[]) => unknown): void => {
      handlers[name] = handler;
    };
  const state = {
    packaged: false,
    switches: new Set<string>(),
    exits: [] as number[],
    windows: [] as unknown[],
    opened: [] as string[],
    questions: [] as { readonly message: string; readonly detail: string; readonly buttons?: readonly string[] }[],
    /** What the master presses: 0 is "Open". */
    answer: 0,
    partitions: [] as string[],
    downloads: '',
    errorBoxes: [] as string[],
    handlers,
  };
  const app = {
    ...emitter(),
    get isPackaged(): boolean {
      return state.packaged;
    },
    commandLine: { hasSwitch: (name: string) => state.switches.has(name) },
    exit: (code: number): void => void state.exits.push(code),
    getVersion: (): string => '1.0.0',
    getPath: (): string => state.downloads,
  };
  const ownSession = {
    ...emitter(),
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('displayMedia'),
    webRequest: { onBeforeRequest: keep('beforeRequest') },
    protocol: {
      handle: (scheme: string, handler: (...args: unknown[]) => unknown) => keep(`protocol ${scheme}`)(handler),
    },
  };
  const ipcMain = { ...emitter(), removeListener: (): void => undefined };
  const electron = {
    app,
    ipcMain,
    session: {
      fromPartition(name: string) {
        state.partitions.push(name);
        return ownSession;
      },
    },
    dialog: {
      showMessageBox(question: (typeof state.questions)[number]) {
        state.questions.push(question);
        return Promise.resolve({ response: state.answer });
      },
      showErrorBox: (title: string, text: string): void => void state.errorBoxes.push(`${title}: ${text}`),
    },
    shell: {
      openExternal(address: string) {
        state.opened.push(address);
        return Promise.resolve();
      },
    },
    protocol: { registerSchemesAsPrivileged: keep('schemes') },
    BrowserWindow: class {
      constructor(options: unknown) {
        state.windows.push(options);
      }
      once(): void {}
    },
  };
  /** A page's contents, as `web-contents-created` hands them over. */
  const contents = () => {
    const own = emitter();
    let openHandler: ((details: { readonly url: string }) => { readonly action: string }) | undefined;
    const loaded: string[] = [];
    return {
      ...own,
      loaded,
      loadURL(address: string) {
        loaded.push(address);
        return Promise.resolve();
      },
      setWindowOpenHandler(handler: typeof openHandler): void {
        openHandler = handler;
      },
      asksForWindow: (url: string) => openHandler?.({ url }),
    };
  };
  return { electron, state, ownSession, contents };
};
