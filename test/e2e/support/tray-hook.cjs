// Loaded into Electron's main process before the product, by the test launcher alone: remembers the tray's newest menu, which no
// driver can reach from outside.
'use strict';
const { Tray } = require('electron');
const setContextMenu = Tray.prototype.setContextMenu;
Tray.prototype.setContextMenu = function remember(menu) {
  globalThis.newestTrayMenu = menu;
  return setContextMenu.call(this, menu);
};
