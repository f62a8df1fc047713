import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '#shared/transport/bridge-port.ts';

// A door with two functions over two fixed channels. Neither ipcRenderer nor an event object ever reaches the page.
const bridge: Bridge = {
  send: (frame) => ipcRenderer.send('mt:up', frame),
  onFrame(listener) {
    const hear = (_event: unknown, frame: unknown): void => listener(frame);
    ipcRenderer.on('mt:down', hear);
    return () => void ipcRenderer.off('mt:down', hear);
  },
};

contextBridge.exposeInMainWorld('mt', bridge);
