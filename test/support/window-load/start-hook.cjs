// Loaded into Electron's main process before the program, by the test launcher alone: tells on the standard output when the program got so far,
// and what its processes take of memory once it has come to rest.
'use strict';
const { app } = require('electron');
const tell = (mark, more = {}) => process.stdout.write(`${JSON.stringify({ mark, at: Date.now(), ...more })}\n`);
const REST_MS = 2_000;
/** Runs in the page: waits for the first button that can be pressed, and for the frame that shows it. */
const USABLE = `new Promise((done) => {
  const look = () => {
    if (document.querySelector('main button:not([disabled])') === null) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  };
  requestAnimationFrame(look);
})`;
tell('running');
// The planted bug: work before the program begins.
const late = Date.now() + Number(process.env.MT_LATE_MS ?? 0);
while (Date.now() < late);
app.once('ready', () => tell('ready'));
app.on('browser-window-created', (_event, window) => {
  tell('window');
  const look = async () => {
    tell('page');
    await window.webContents.executeJavaScript(USABLE);
    tell('usable');
    setTimeout(() => {
      const megabytes = {};
      for (const { type, memory } of app.getAppMetrics())
        megabytes[type] = (megabytes[type] ?? 0) + memory.workingSetSize / 1024;
      tell('rest', { megabytes });
    }, REST_MS);
  };
  // A page that went away tells nothing more; whoever waits for it has a limit.
  window.webContents.once('dom-ready', () => {
    look().catch((error) => console.error(error));
  });
});
