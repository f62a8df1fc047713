// Loaded into Electron's main process before the product, by the test launcher alone: remembers the tray's newest menu and icon, which no
// driver can reach from outside, and the notifications, which no desktop of a test machine shows.
'use strict';
const { Notification, Tray } = require('electron');
const { setContextMenu, setImage } = Tray.prototype;
Tray.prototype.setContextMenu = function remember(menu) {
  globalThis.newestTrayMenu = menu;
  return setContextMenu.call(this, menu);
};
Tray.prototype.setImage = function remember(image) {
  globalThis.newestTrayImage = image.toDataURL();
  return setImage.call(this, image);
};
globalThis.notes = [];
Notification.isSupported = () => true;
Notification.prototype.show = function remember() {
  globalThis.notes.push({ title: this.title, body: this.body });
};
