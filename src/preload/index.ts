import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '#shared/transport/bridge-port.ts';

// Two functions over two fixed channels, and one that names the place of a chosen file. Neither ipcRenderer nor an event object reaches the page.
const bridge: Bridge = {
  send: (frame) => ipcRenderer.send('mt:up', frame),
  onFrame(listener) {
    const hear = (_event: unknown, frame: unknown): void => listener(frame);
    ipcRenderer.on('mt:down', hear);
    return () => void ipcRenderer.off('mt:down', hear);
  },
  pathOf: (file) => webUtils.getPathForFile(file as File),
};

contextBridge.exposeInMainWorld('mt', bridge);
